use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::data::{
    DeletedObject, Email, Organization, OrganizationDomain, OrganizationInvitation, OrganizationMembership,
    PaymentAttempt, Permission, Role, Session, SmsMessage, Subscription, SubscriptionItem, User,
    WaitlistEntry,
};

macro_rules! events {
    ($($variant:ident($data:ty) = $event_type:literal,)*) => {
        /// What happened, and to what. `Debug` shows the type alone.
        ///
        /// ```
        /// use clerk_runtime::webhook::Event;
        ///
        /// fn log(event: Event) {
        ///     match event {
        ///         Event::UserCreated(user) | Event::UserUpdated(user) => println!("{} is here", user.id),
        ///         Event::UserDeleted(user) => println!("{} is gone", user.id),
        ///         other => println!("nothing to do about {}", other.event_type()),
        ///     }
        /// }
        /// ```
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(
                #[doc = concat!("`", $event_type, "`")]
                $variant($data),
            )*
            /// A type that is not known here, or data without an id.
            Unknown {
                /// The type.
                event_type: String,
                /// What it happened to, as it was sent; `null` if nothing was.
                data: Value,
            },
        }

        impl Event {
            /// All types that are known here.
            pub const TYPES: &[&str] = &[$($event_type,)*];

            /// What happened, such as `user.created`.
            pub fn event_type(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $event_type,)*
                    Self::Unknown { event_type, .. } => event_type,
                }
            }

            /// Parses the data of an event leniently.
            pub(super) fn parse(event_type: &str, data: &Value) -> Self {
                let known = match event_type {
                    $($event_type => resource(data).map(Self::$variant),)*
                    _ => None,
                };
                known.unwrap_or_else(|| Self::Unknown {
                    event_type: event_type.to_owned(),
                    data: data.clone(),
                })
            }
        }
    };
}

events! {
    UserCreated(User) = "user.created",
    UserUpdated(User) = "user.updated",
    UserDeleted(DeletedObject) = "user.deleted",
    EmailCreated(Email) = "email.created",
    SmsCreated(SmsMessage) = "sms.created",
    SessionCreated(Session) = "session.created",
    SessionEnded(Session) = "session.ended",
    SessionRemoved(Session) = "session.removed",
    SessionRevoked(Session) = "session.revoked",
    OrganizationCreated(Organization) = "organization.created",
    OrganizationUpdated(Organization) = "organization.updated",
    OrganizationDeleted(DeletedObject) = "organization.deleted",
    OrganizationDomainCreated(OrganizationDomain) = "organizationDomain.created",
    OrganizationDomainUpdated(OrganizationDomain) = "organizationDomain.updated",
    OrganizationDomainDeleted(DeletedObject) = "organizationDomain.deleted",
    OrganizationMembershipCreated(OrganizationMembership) = "organizationMembership.created",
    OrganizationMembershipUpdated(OrganizationMembership) = "organizationMembership.updated",
    OrganizationMembershipDeleted(OrganizationMembership) = "organizationMembership.deleted",
    OrganizationInvitationCreated(OrganizationInvitation) = "organizationInvitation.created",
    OrganizationInvitationAccepted(OrganizationInvitation) = "organizationInvitation.accepted",
    OrganizationInvitationRevoked(OrganizationInvitation) = "organizationInvitation.revoked",
    RoleCreated(Role) = "role.created",
    RoleUpdated(Role) = "role.updated",
    RoleDeleted(Role) = "role.deleted",
    PermissionCreated(Permission) = "permission.created",
    PermissionUpdated(Permission) = "permission.updated",
    PermissionDeleted(Permission) = "permission.deleted",
    WaitlistEntryCreated(WaitlistEntry) = "waitlistEntry.created",
    WaitlistEntryUpdated(WaitlistEntry) = "waitlistEntry.updated",
    PaymentAttemptCreated(PaymentAttempt) = "paymentAttempt.created",
    PaymentAttemptUpdated(PaymentAttempt) = "paymentAttempt.updated",
    SubscriptionCreated(Subscription) = "subscription.created",
    SubscriptionUpdated(Subscription) = "subscription.updated",
    SubscriptionActive(Subscription) = "subscription.active",
    SubscriptionPastDue(Subscription) = "subscription.pastDue",
    SubscriptionItemCreated(SubscriptionItem) = "subscriptionItem.created",
    SubscriptionItemUpdated(SubscriptionItem) = "subscriptionItem.updated",
    SubscriptionItemActive(SubscriptionItem) = "subscriptionItem.active",
    SubscriptionItemCanceled(SubscriptionItem) = "subscriptionItem.canceled",
    SubscriptionItemUpcoming(SubscriptionItem) = "subscriptionItem.upcoming",
    SubscriptionItemEnded(SubscriptionItem) = "subscriptionItem.ended",
    SubscriptionItemAbandoned(SubscriptionItem) = "subscriptionItem.abandoned",
    SubscriptionItemIncomplete(SubscriptionItem) = "subscriptionItem.incomplete",
    SubscriptionItemPastDue(SubscriptionItem) = "subscriptionItem.pastDue",
    SubscriptionItemFreeTrialEnding(SubscriptionItem) = "subscriptionItem.freeTrialEnding",
}

fn resource<T: DeserializeOwned>(data: &Value) -> Option<T> {
    T::deserialize(data).ok()
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({})", self.event_type())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Fact sheet: the types that Clerk's dashboard offers.
    const OFFERED: &str = "user.created|updated|deleted; email.created; sms.created; \
        session.created|ended|removed|revoked; organization.created|updated|deleted; \
        organizationDomain.created|updated|deleted; organizationMembership.created|updated|deleted; \
        organizationInvitation.created|accepted|revoked; role.created|updated|deleted; \
        permission.created|updated|deleted; waitlistEntry.created|updated; paymentAttempt.created|updated; \
        subscription.created|updated|active|pastDue; \
        subscriptionItem.created|updated|active|canceled|upcoming|ended|abandoned|incomplete|pastDue|freeTrialEnding";

    #[test]
    fn every_type_that_is_offered_is_known() {
        let mut offered = Vec::new();
        for of_one in OFFERED.split("; ") {
            let (what, happened) = of_one.split_once('.').unwrap();
            offered.extend(happened.split('|').map(|happened| format!("{what}.{happened}")));
        }
        assert_eq!(Event::TYPES, offered);
        for event_type in Event::TYPES {
            let event = Event::parse(event_type, &json!({ "id": "x_1", "status": "from_the_future" }));
            assert!(!matches!(event, Event::Unknown { .. }), "{event_type}");
            assert_eq!(event.event_type(), *event_type);
        }
    }

    #[test]
    fn what_is_not_known_keeps_type_and_data() {
        for (event_type, data) in [
            ("user.teleported", json!({ "id": "user_1" })),
            ("user.created", json!({ "name": "no id" })),
            ("user.created", json!([1])),
            ("user.deleted", Value::Null),
            ("", json!("text")),
        ] {
            let event = Event::parse(event_type, &data);
            assert_eq!(
                event,
                Event::Unknown {
                    event_type: event_type.to_owned(),
                    data
                }
            );
            assert_eq!(event.event_type(), event_type);
        }
    }

    #[test]
    fn data_are_read_leniently() {
        let user = json!({ "id": "user_1", "first_name": "Ada", "email_addresses": null, "new": 1 });
        let Event::UserUpdated(user) = Event::parse("user.updated", &user) else {
            panic!("not a user");
        };
        assert_eq!(
            (user.first_name.as_deref(), user.email_addresses.len()),
            (Some("Ada"), 0)
        );
        let deleted = json!({ "id": "user_1", "object": "user", "deleted": true });
        let Event::UserDeleted(deleted) = Event::parse("user.deleted", &deleted) else {
            panic!("nothing deleted");
        };
        assert_eq!((&*deleted.object, deleted.deleted), ("user", true));
        let Event::RoleDeleted(role) =
            Event::parse("role.deleted", &json!({ "id": "role_1", "deleted": true }))
        else {
            panic!("no role");
        };
        assert_eq!((&*role.id, role.key), ("role_1", None));
        let session = json!({ "id": "sess_1", "status": "new", "user": { "id": "user_1", "banned": null } });
        let Event::SessionEnded(session) = Event::parse("session.ended", &session) else {
            panic!("no session");
        };
        assert_eq!(
            (session.status.as_deref(), &*session.user.unwrap().id),
            (Some("new"), "user_1")
        );
        let subscription =
            json!({ "id": "csub_1", "items": [{ "id": "csub_item_1", "plan": null }], "payer": null });
        let Event::SubscriptionPastDue(subscription) = Event::parse("subscription.pastDue", &subscription)
        else {
            panic!("no subscription");
        };
        assert_eq!(
            (subscription.items[0].plan.as_ref(), subscription.payer.len()),
            (None, 0)
        );
        let membership = json!({
            "id": "orgmem_1", "organization": { "id": "org_1", "members_count": 2.0 }, "permissions": null,
            "public_user_data": { "user_id": "user_1" },
        });
        let Event::OrganizationMembershipCreated(membership) =
            Event::parse("organizationMembership.created", &membership)
        else {
            panic!("no membership");
        };
        assert_eq!(membership.user_id(), Some("user_1"));
        assert_eq!(membership.organization.unwrap().members_count, Some(2));
    }

    #[test]
    fn codes_and_links_are_not_shown() {
        let email =
            json!({ "id": "ema_1", "body": "planted", "data": { "otp_code": "planted" }, "to": "planted" });
        let event = Event::parse("email.created", &email);
        let Event::EmailCreated(email) = &event else {
            panic!("no e-mail");
        };
        assert_eq!(email.data.as_ref().unwrap()["otp_code"], "planted");
        let shown = format!("{event:?} {email:?}");
        assert_eq!(shown, r#"Event(email.created) Email { id: "ema_1", .. }"#);
    }
}

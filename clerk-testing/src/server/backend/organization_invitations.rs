use serde_json::Value;

use super::body::{Body, email_address};
use super::call::{Call, Outcome, found};
use super::invitations::{DAYS, MOST_AT_ONCE, pending, unlike, url};
use super::list::{Order, Page, envelope, is_found, member};
use super::memberships::{known, role};
use super::statuses::{OF_INVITATIONS, Statuses};
use crate::directory::{Directory, ToOrganization, Wish};
use crate::server::answer::ApiError;
use crate::state::Shared;

const MEMBERS: [&str; 8] = [
    "email_address",
    "inviter_user_id",
    "role",
    "public_metadata",
    "private_metadata",
    "redirect_url",
    "expires_in_days",
    "notify",
];
const ORDERS: [&str; 2] = ["created_at", "email_address"];

/// `GET /organizations/{id}/invitations`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    listed(shared, call, &Statuses::of(&call.query, OF_INVITATIONS)?)
}

/// `GET /organizations/{id}/invitations/pending`
pub(super) fn list_pending(shared: &Shared, call: &Call) -> Outcome {
    listed(shared, call, &Statuses::pending())
}

fn listed(shared: &Shared, call: &Call, statuses: &Statuses<'_>) -> Outcome {
    let page = Page::of(&call.query)?;
    let order = Order::of(&call.query, &ORDERS)?;
    let directory = shared.directory();
    known(&directory, call)?;
    let address = call.query.first("email_address").map(str::to_lowercase);
    let mut all = directory.shown_invitations(|invitation| {
        let is_to = address
            .as_ref()
            .is_none_or(|address| invitation.email_address == *address);
        invitation.is_of(call.id(0)) && is_to
    });
    all.retain(|invitation| statuses.include(invitation));
    order.apply(&mut all, member);
    envelope(all, page)
}

/// `GET /organization_invitations`
pub(super) fn list_all(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let order = Order::of(&call.query, &ORDERS)?;
    let statuses = Statuses::of(&call.query, OF_INVITATIONS)?;
    let directory = shared.directory();
    let mut all = directory.invitations_with_organization(|_| true);
    all.retain(|invitation| is_found(invitation, &call.query, &["email_address"]));
    all.retain(|invitation| statuses.include(invitation));
    order.apply(&mut all, member);
    envelope(all, page)
}

/// `POST /organizations/{id}/invitations`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&MEMBERS)?;
    let mut directory = shared.directory();
    known(&directory, call)?;
    let wish = wish(shared, &directory, call.id(0), &body)?;
    Ok(directory.invite(wish).into())
}

/// `POST /organizations/{id}/invitations/bulk`: all of them or, if one cannot be, none.
pub(super) fn create_bulk(shared: &Shared, call: &Call) -> Outcome {
    let bodies = call.bodies(&MEMBERS, MOST_AT_ONCE)?;
    let mut directory = shared.directory();
    known(&directory, call)?;
    let wishes: Result<Vec<_>, _> = bodies
        .iter()
        .map(|body| wish(shared, &directory, call.id(0), body))
        .collect();
    let wishes = wishes?;
    unlike(wishes.iter().map(|wish| wish.email_address.as_str()))?;
    let made: Vec<Value> = wishes.into_iter().map(|wish| directory.invite(wish)).collect();
    let total_count = made.len();
    Ok(serde_json::json!({ "data": made, "total_count": total_count }).into())
}

fn wish(shared: &Shared, directory: &Directory, organization: &str, body: &Body) -> Result<Wish, ApiError> {
    let address = email_address(body.required("email_address")?, "email_address")?;
    let role = role(directory, body.required("role")?)?;
    body.flag("notify")?;
    let inviter_id = body.text("inviter_user_id")?.map(str::to_owned);
    if let Some(inviter) = &inviter_id
        && directory.shown_membership(organization, inviter).is_none()
    {
        return Err(ApiError::not_found("inviter in the organization"));
    }
    let mut members = directory.shown_memberships(|id, _| id == organization);
    members.retain(|membership| {
        let user_id = membership["public_user_data"]["user_id"]
            .as_str()
            .unwrap_or_default();
        directory.user_by_id(user_id).is_some_and(|user| {
            user.identifications("email_addresses", "email_address")
                .any(|own| own == address)
        })
    });
    if !members.is_empty() {
        return Err(ApiError::bad_request(
            "already_a_member_in_organization",
            "somebody with this address is already a member of the organization",
        ));
    }
    let now = shared.now();
    let same = directory.shown_invitations(|invitation| {
        invitation.is_of(organization) && invitation.email_address == address && invitation.is_pending(now)
    });
    if !same.is_empty() {
        return Err(ApiError::bad_request(
            "organization_invitation_not_unique",
            "there is a pending invitation for this address",
        ));
    }
    Ok(Wish {
        url: url(shared, body)?,
        email_address: address,
        public_metadata: body.metadata("public_metadata")?,
        private_metadata: body.metadata("private_metadata")?,
        days: body.integer("expires_in_days", 1..=365)?.unwrap_or(DAYS),
        to: Some(ToOrganization {
            organization_id: organization.to_owned(),
            role,
            inviter_id,
        }),
    })
}

/// `GET /organizations/{id}/invitations/{invitation id}`
pub(super) fn get(shared: &Shared, call: &Call) -> Outcome {
    let directory = shared.directory();
    own(&directory, call)?;
    found("organization invitation", directory.shown_invitation(call.id(1)))
}

/// `POST /organizations/{id}/invitations/{invitation id}/revoke`
pub(super) fn revoke(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&["requesting_user_id"])?;
    let requesting = body.text("requesting_user_id")?;
    let mut directory = shared.directory();
    own(&directory, call)?;
    if requesting.is_some_and(|user| directory.shown_membership(call.id(0), user).is_none()) {
        return Err(ApiError::not_found("requesting user in the organization"));
    }
    pending(&directory, call.id(1))?;
    found("organization invitation", directory.revoke_invitation(call.id(1)))
}

/// The invitation in the path has to be one of the organization in the path.
fn own(directory: &Directory, call: &Call) -> Result<(), ApiError> {
    known(directory, call)?;
    match directory.invitation(call.id(1)) {
        Some(invitation) if invitation.is_of(call.id(0)) => Ok(()),
        _ => Err(ApiError::not_found("organization invitation")),
    }
}

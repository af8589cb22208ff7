//! What events tell of: the resources of Clerk's Backend API, read leniently. Only an id has to be there; a member that is
//! null, missing or of another type is `None`, `false` or empty, an unknown status is kept, and what has no field is in
//! `other`. `Debug` shows the id alone: events hold invitation links, one-time codes and private metadata.

#[macro_use]
mod resource;
mod resources;

pub use clerk_client::resources::User;
pub(super) use resource::lenient;
pub use resources::{
    DeletedObject, Email, Organization, OrganizationDomain, OrganizationInvitation, OrganizationMembership,
    PaymentAttempt, Permission, Role, Session, SmsMessage, Subscription, SubscriptionItem, WaitlistEntry,
};

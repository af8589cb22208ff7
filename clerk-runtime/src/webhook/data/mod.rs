//! What events tell of: the resources of Clerk's Backend API, read leniently. Only an id has to be there; a member that is
//! null, missing or of another type is `None`, `false` or empty, an unknown status is kept, and what has no field is in
//! `other`. `Debug` shows the id alone: events hold invitation links, one-time codes and private metadata.

#[macro_use]
mod resource;

mod billing;
mod organization;
mod user;

pub use billing::{PaymentAttempt, Subscription, SubscriptionItem};
pub use clerk_client::resources::User;
pub use organization::{
    Organization, OrganizationDomain, OrganizationInvitation, OrganizationMembership, Permission, Role,
};
pub(super) use resource::lenient;
pub use user::{DeletedObject, Email, Session, SmsMessage, WaitlistEntry};

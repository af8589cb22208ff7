//! What events tell of: the resources of Clerk's Backend API, read leniently. Only an id has to be there; a member that is
//! null, missing or of another type is `None`, `false` or empty, an unknown status is kept, and what has no field is in
//! `other`. `Debug` shows the id alone: events hold invitation links, one-time codes and private metadata.

#[macro_use]
mod resource;
pub(super) use resource::lenient;

mod billing;
mod deleted;
mod message;
mod organization;
mod role;
mod session;
mod waitlist;

pub use billing::{PaymentAttempt, Subscription, SubscriptionItem};
pub use deleted::DeletedObject;
pub use message::{Email, SmsMessage};
pub use organization::{Organization, OrganizationDomain, OrganizationInvitation, OrganizationMembership};
pub use role::{Permission, Role};
pub use session::Session;
pub use waitlist::WaitlistEntry;

pub use clerk_client::resources::User;

//! The Backend API of an instance as bytes on the wire: every operation with its successes, its errors and its pages.
//!
//! Whatever is answered is checked for the members that Clerk's OpenAPI document requires; see `wire`.

mod directory;
mod hostile;
mod invitations;
mod jwt_templates;
mod limits;
mod machine_tokens;
mod machines;
mod memberships;
mod organizations;
mod required;
mod sessions;
mod user_lists;
mod users;
mod wire;

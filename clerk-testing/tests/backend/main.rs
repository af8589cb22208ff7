//! The Backend API of an instance as bytes on the wire: every operation with its successes, its errors and its pages.
//!
//! Whatever is answered is checked against the schemas of Clerk's OpenAPI document; see `schema`.

mod directory;
mod hostile;
mod invitations;
mod jwt_templates;
mod limits;
mod machine_tokens;
mod machines;
mod memberships;
mod organizations;
mod schema;
mod served;
mod sessions;
mod user_lists;
mod users;
mod wire;

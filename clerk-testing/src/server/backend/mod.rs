//! The Backend API: one function an operation, from the state and a call to an answer or an error.

mod api_keys;
mod body;
mod call;
mod domains;
mod invitations;
mod jwt_templates;
mod list;
mod m2m_tokens;
mod machines;
mod memberships;
mod oauth_tokens;
mod organization_invitations;
mod organization_keys;
mod organizations;
mod refresh;
mod routes;
mod session_tokens;
mod sessions;
mod statuses;
mod user_filter;
mod user_form;
mod users;

pub(super) use self::call::Caller;
pub(super) use self::routes::routes;
pub(super) use self::users::refuse_sign_in;

use super::call::{Call, Outcome, found};
use crate::machine::Kind;
use crate::state::Shared;

/// `POST /oauth_applications/access_tokens/verify`
pub(super) fn verify(shared: &Shared, call: &Call) -> Outcome {
    // The second is what the first was called once.
    let body = call.any_body()?;
    let token = match body.text("access_token")? {
        Some(token) => token,
        None if body.given("secret").is_some() => body.required("secret")?,
        None => body.required("access_token")?,
    };
    let shown = shared.records().verify(Kind::Oauth, token, shared.now());
    found("OAuth access token", shown)
}

use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{OpenApi, RefOr};

use super::operation::operations_mut;
use crate::protocol;

/// The security schemes that operations refer to, one for each way in which a request can present a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// A session's token in the `Authorization` header.
    SessionToken,
    /// A session's token in the cookie that Clerk's frontend keeps.
    SessionCookie,
    /// An API key.
    ApiKey,
    /// A machine-to-machine token.
    M2mToken,
    /// An OAuth access token.
    OauthToken,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::SessionToken,
        Self::SessionCookie,
        Self::ApiKey,
        Self::M2mToken,
        Self::OauthToken,
    ];

    /// Its key among the security schemes of a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SessionToken => "clerk_session_token",
            Self::SessionCookie => "clerk_session_cookie",
            Self::ApiKey => "clerk_api_key",
            Self::M2mToken => "clerk_m2m_token",
            Self::OauthToken => "clerk_oauth_token",
        }
    }

    /// What a document says of it.
    pub fn definition(self) -> SecurityScheme {
        match self {
            Self::SessionToken => bearer(
                "JWT",
                "The token of a session, which lasts for a minute. A frontend gets one by `await Clerk.session.getToken()`.",
            ),
            Self::SessionCookie => SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
                protocol::SESSION,
                "The token of a session in the cookie that Clerk's frontend keeps. Browsers send it by themselves, with \
                 the other cookies of Clerk that it is judged by.",
            ))),
            Self::ApiKey => bearer(
                "API key",
                "An API key of a user or an organization, `ak_…`, made in Clerk's components or over its Backend API.",
            ),
            Self::M2mToken => bearer(
                "M2M token",
                "A machine-to-machine token, `mt_…` or a JWT, which one machine of the instance made to call another.",
            ),
            Self::OauthToken => bearer(
                "OAuth access token",
                "An access token, `oat_…` or a JWT, of an OAuth application that a user has let in. The response 401 says \
                 where such a token is to be had.",
            ),
        }
    }
}

fn bearer(format: &str, description: &str) -> SecurityScheme {
    SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format(format)
            .description(Some(description))
            .build(),
    )
}

/// Adds the security schemes that the operations of a document, or the document itself, refer to, and no others. A scheme
/// that is there already under its [name](Scheme::name) is kept.
///
/// What [`routes!`](super::routes) makes of handlers has no place for them, so a document that came together by it needs
/// this at the end:
///
/// ```
/// use clerk_runtime::openapi::{self, routes};
/// use clerk_runtime::{Clerk, UserId, protected};
/// use utoipa_axum::router::OpenApiRouter;
///
/// #[protected]
/// #[utoipa::path(get, path = "/me", responses((status = 200, body = String)))]
/// async fn me(user_id: UserId) -> String {
///     user_id.to_string()
/// }
///
/// let (router, mut api) = OpenApiRouter::<Clerk>::new().routes(routes!(me)).split_for_parts();
/// openapi::add_security_schemes(&mut api);
///
/// # let _ = router;
/// let components = api.components.unwrap();
/// assert!(components.security_schemes.contains_key("clerk_session_token"));
/// assert!(!components.security_schemes.contains_key("clerk_api_key"));
/// ```
pub fn add_security_schemes(api: &mut OpenApi) {
    let used: Vec<Scheme> = {
        let of_operations = api
            .paths
            .paths
            .values_mut()
            .flat_map(operations_mut)
            .filter_map(|(_, operation)| operation.security.as_ref());
        let requirements: Vec<_> = of_operations.chain(&api.security).flatten().collect();
        let is_used = |scheme: &Scheme| requirements.iter().any(|one| names(one, scheme.name()));
        Scheme::ALL.into_iter().filter(is_used).collect()
    };
    if used.is_empty() {
        return;
    }
    let schemes = &mut api.components.get_or_insert_default().security_schemes;
    for scheme in used {
        schemes
            .entry(scheme.name().to_owned())
            .or_insert_with(|| RefOr::T(scheme.definition()));
    }
}

/// Whether a scheme is among those of a requirement, which only shows them when it is serialized.
fn names(requirement: &SecurityRequirement, scheme: &str) -> bool {
    serde_json::to_value(requirement).is_ok_and(|schemes| schemes.get(scheme).is_some())
}

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use serde_json::json;

use super::HasClerk;
use crate::Clerk;
use crate::authenticate::origin_asked_for;

/// The metadata document by which OAuth clients learn where tokens for this application are issued (RFC 9728 §3). As an
/// extractor and a response it is a handler by itself:
///
/// ```
/// use axum::{Router, routing::get};
/// use clerk_runtime::{Clerk, ProtectedResource};
///
/// async fn metadata(document: ProtectedResource) -> ProtectedResource {
///     document
/// }
///
/// fn app(clerk: Clerk) -> Router {
///     Router::new().route(ProtectedResource::PATH, get(metadata)).with_state(clerk)
/// }
/// ```
///
/// Guards that accept OAuth tokens point to it in `WWW-Authenticate`. The resource is the origin of the request, or what
/// [`oauth_resource`](crate::ClerkBuilder::oauth_resource) says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectedResource {
    resource: String,
    authorization_server: String,
    scopes: Vec<String>,
}

impl ProtectedResource {
    /// Where clients look for the document.
    pub const PATH: &str = "/.well-known/oauth-protected-resource";

    /// The scopes that tokens for this application may have.
    #[must_use]
    pub fn scopes_supported<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }
}

impl<S: HasClerk + Send + Sync> FromRequestParts<S> for ProtectedResource {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let clerk = state.clerk();
        Ok(Self {
            resource: resource(&clerk, parts),
            authorization_server: format!("https://{}", clerk.config().domains.issuing_host),
            scopes: Vec::new(),
        })
    }
}

impl IntoResponse for ProtectedResource {
    fn into_response(self) -> Response {
        let mut document = json!({
            "resource": self.resource,
            "authorization_servers": [self.authorization_server],
            "bearer_methods_supported": ["header"],
        });
        if !self.scopes.is_empty() {
            document["scopes_supported"] = self.scopes.into();
        }
        let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
        ([json], document.to_string()).into_response()
    }
}

/// Where the document about the application is: the well-known path goes between host and path (RFC 9728 §3.1).
pub(super) fn metadata_url(clerk: &Clerk, parts: &Parts) -> String {
    let resource = resource(clerk, parts);
    let host = resource.find("://").map_or(0, |at| at + 3);
    let path = resource[host..].find('/').map_or(resource.len(), |at| host + at);
    format!(
        "{}{}{}",
        &resource[..path],
        ProtectedResource::PATH,
        &resource[path..]
    )
}

fn resource(clerk: &Clerk, parts: &Parts) -> String {
    let config = clerk.config();
    config
        .oauth_resource
        .clone()
        .unwrap_or_else(|| origin_asked_for(parts.into(), config))
}

//! Functions of all shapes.

use std::fmt::Display;

use axum::Json;
use axum::extract::{FromRef, FromRequestParts, State};
use axum::response::IntoResponse;
use clerk_runtime::{Clerk, OrgId, UserId, protected};
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::support::World;

trait Greeting: Send + Sync + 'static {
    fn word() -> &'static str;
}

struct Hello;

impl Greeting for Hello {
    fn word() -> &'static str {
        "hello"
    }
}

struct Extracted<T>(T);

impl<S: Sync, T: From<u8>> FromRequestParts<S> for Extracted<T> {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        Ok(Self(7.into()))
    }
}

#[protected]
async fn generic<G: Greeting>(user_id: UserId) -> String {
    format!("{} {}", G::word(), user_id.starts_with("user_"))
}

#[protected]
async fn bounded<T, const N: usize>(Extracted(value): Extracted<T>, user_id: &str) -> impl IntoResponse
where
    T: From<u8> + Display + Send + 'static,
{
    format!("{value} {N} {}", user_id.starts_with("user_"))
}

#[protected]
async fn impl_trait(
    user_id: UserId,
    value: Extracted<impl From<u8> + Display + Send + 'static>,
) -> impl IntoResponse {
    format!("{} {}", value.0, user_id.starts_with("user_"))
}

/// Decides what the `impl Trait` of a handler is, which cannot be written.
fn of_u16<H, P, R>(handler: H) -> H
where
    H: Fn(P, Extracted<u16>) -> R,
{
    handler
}

#[protected]
async fn with_state(State(clerk): State<Clerk>, user_id: UserId) -> String {
    let _: Clerk = Clerk::from_ref(&clerk);
    user_id.into()
}

#[protected]
async fn conditional(
    #[cfg(any())] org_id: Missing,
    #[cfg(not(any()))] org_id: Option<OrgId>,
    #[cfg(any())] user_id: &Missing,
    #[cfg(not(any()))] user_id: &str,
    #[cfg(any())] missing: Missing,
    #[cfg_attr(all(), cfg(any()))] session_id: &Missing,
) -> String {
    format!("{} {}", org_id.is_some(), user_id.starts_with("user_"))
}

#[protected]
async fn inner_attributes(user_id: &str) -> bool_text::Text {
    #![allow(non_snake_case)]
    let IsUser = user_id.starts_with("user_");
    bool_text::of(IsUser)
}

mod bool_text {
    pub(crate) type Text = &'static str;

    pub(crate) fn of(value: bool) -> Text {
        if value { "yes" } else { "no" }
    }
}

#[protected]
async fn attributes_on_parameters(
    #[allow(unused_variables)] user_id: UserId,
    #[expect(unused_variables)] session_id: &str,
    #[expect(unused_mut)] mut org_id: &OrgId,
) -> String {
    org_id.to_string()
}

#[protected]
async fn r#type(user_id: UserId) -> String {
    user_id.into()
}

#[protected]
async fn returns_early(user_id: UserId) -> Result<String, StatusCode> {
    if user_id.is_empty() {
        return Err(StatusCode::IM_A_TEAPOT);
    }
    let prefix = user_id.get(..5).ok_or(StatusCode::IM_A_TEAPOT)?;
    Ok(prefix.to_owned())
}

// Generic in what is extracted only, with a requirement that is the same for all of them.
#[protected(role = "org:admin")]
async fn half_generic<T>(Json(value): Json<T>, user_id: &str) -> String
where
    T: DeserializeOwned + Display + Send + 'static,
{
    format!("{value} {}", user_id.starts_with("user_"))
}

mod elsewhere {
    use super::{UserId, protected};

    pub(super) mod deeper {
        clerk_runtime::permissions! { pub(crate) Perm { Read = "org:invoices:read" } }

        pub(in crate::shapes) mod deepest {
            use super::super::super::protected;

            #[protected(permission = super::Perm::Read)]
            pub(in crate::shapes) async fn visible() -> &'static str {
                "ok"
            }

            // A function of its own beside one of the same name.
            #[protected(permission = crate::shapes::elsewhere::deeper::Perm::Read)]
            pub(in crate::shapes) async fn local() -> &'static str {
                "ok"
            }
        }
    }

    #[protected]
    pub(super) async fn visible(user_id: UserId) -> String {
        user_id.into()
    }
}

// Fifteen extractors and the guard are as many as axum takes.
#[protected]
#[allow(clippy::too_many_arguments)]
async fn fifteen(
    user_id: UserId,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    _: Extracted<u8>,
    org_id: OrgId,
    body: String,
) -> String {
    format!("{body} {}", user_id.len() + org_id.len() > 0)
}

#[tokio::test]
async fn requirements_of_all_shapes_are_enforced() {
    use elsewhere::deeper::deepest;

    let world = World::new().await;
    let ada = || world.instance.user("ada").org("acme");
    let reader = ada().permissions(["org:invoices:read"]).bearer();
    for bearer in [None, Some(&*world.bearer), Some(&reader)] {
        let status = match bearer {
            None => StatusCode::UNAUTHORIZED,
            Some(bearer) if bearer == reader => StatusCode::OK,
            Some(_) => StatusCode::FORBIDDEN,
        };
        assert_eq!(world.call_as(bearer, deepest::visible).await.0, status);
        assert_eq!(world.call_as(bearer, deepest::local).await.0, status);
    }
    assert_eq!(world.call(half_generic::<u8>).await.0, StatusCode::FORBIDDEN);
    // Only an admin's body is looked at.
    let admin = ada().role("org:admin").bearer();
    assert_eq!(
        world.call_as(Some(&admin), half_generic::<u8>).await.0,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn handlers_of_all_shapes_run() {
    #[protected]
    async fn local(user_id: UserId) -> String {
        user_id.into()
    }

    let world = World::new().await;
    let ada = world.user_id();
    assert_eq!(world.call(generic::<Hello>).await.1, "hello true");
    assert_eq!(world.call(bounded::<u16, 3>).await.1, "7 3 true");
    assert_eq!(world.call(of_u16(impl_trait)).await.1, "7 true");
    assert_eq!(world.call(with_state).await.1, ada);
    assert_eq!(world.call(conditional).await.1, "true true");
    assert_eq!(world.call(inner_attributes).await.1, "yes");
    assert!(world.call(attributes_on_parameters).await.1.starts_with("org_"));
    assert_eq!(world.call(r#type).await.1, ada);
    assert_eq!(world.call(returns_early).await.1, "user_");
    assert_eq!(world.call(elsewhere::visible).await.1, ada);
    assert_eq!(world.call(fifteen).await.1, "text true");
    assert_eq!(world.call(local).await.1, ada);
}

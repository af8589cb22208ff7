//! Handlers that anyone may call.

use axum::extract::Path;
use axum::http::HeaderMap;
use clerk_runtime::{Auth, SessionAuth, public};
use http::StatusCode;

use crate::support::World;

#[public]
async fn nothing() -> &'static str {
    "ok"
}

/// Documented.
#[public]
pub(crate) async fn who(auth: Auth, Path(id): Path<u64>) -> String {
    format!("{id} {}", auth.user_id().map_or("nobody", |user| user.as_str()))
}

#[public]
async fn session(session: Option<SessionAuth>) -> &'static str {
    if session.is_some() { "somebody" } else { "nobody" }
}

#[public]
async fn generic<T: Default + ToString + Send>(_: HeaderMap, body: String) -> String {
    format!("{} {body}", T::default().to_string())
}

#[public(crate = crate::open::reexport)]
async fn reexported(#[extract] user_id: String) -> String {
    user_id
}

mod reexport {
    pub(super) use clerk_runtime::__private;
}

macro_rules! open {
    ($($name:ident: $ty:ty => $body:block)*) => {$(
        #[public]
        async fn $name($name: $ty) -> String $body
    )*};
}

open! {
    body: String => { body.to_uppercase() }
    text: String => { text.len().to_string() }
}

#[tokio::test]
async fn public_handlers_run_for_anyone() {
    let world = World::new().await;
    let ada = world.user_id();
    for (bearer, caller, session_of) in [
        (None, "nobody", "nobody"),
        (Some(&*world.bearer), &*ada, "somebody"),
    ] {
        let body = |text: &str| (StatusCode::OK, text.to_owned());
        assert_eq!(world.call_as(bearer, nothing).await, body("ok"));
        assert_eq!(
            world.call_as(bearer, who).await,
            (StatusCode::OK, format!("7 {caller}"))
        );
        assert_eq!(world.call_as(bearer, session).await, body(session_of));
        assert_eq!(world.call_as(bearer, generic::<u8>).await, body("0 text"));
        assert_eq!(world.call_as(bearer, reexported).await, body("text"));
        assert_eq!(world.call_as(bearer, self::body).await, body("TEXT"));
        assert_eq!(world.call_as(bearer, text).await, body("4"));
    }
    assert_eq!(world.call_as(Some("Bearer nonsense"), who).await.1, "7 nobody");
}

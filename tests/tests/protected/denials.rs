//! Denials of a handler's own, by `?`.

use clerk_runtime::authorize::Reverification;
use clerk_runtime::{Auth, Rejection, Requirement, SessionAuth, protected, public, roles};
use http::{StatusCode, header};

use crate::support::World;

roles! { Roles { Admin = "org:admin" } }

#[public]
async fn open(auth: Auth) -> Result<&'static str, Rejection> {
    auth.authorize(Requirement::All(&[
        Requirement::role("org:admin"),
        Requirement::permission("org:invoices:read"),
    ]))?;
    Ok("in")
}

#[protected]
async fn closed(auth: &SessionAuth) -> Result<&'static str, Rejection> {
    auth.authorize(Roles::Admin)?;
    Ok("in")
}

#[protected]
async fn fresh(auth: SessionAuth) -> Result<&'static str, Rejection> {
    auth.authorize(Reverification::StrictMfa)?;
    Ok("in")
}

#[protected(token = "api_key")]
async fn scoped(auth: &Auth) -> Result<&'static str, Rejection> {
    auth.authorize(Requirement::scope("invoices:read"))?;
    Ok("in")
}

#[tokio::test]
async fn a_denial_is_answered_as_a_guard_would() {
    let world = World::new().await;
    let ada = || world.instance.user("ada").org("acme");
    let admin = ada()
        .role("org:admin")
        .permissions(["org:invoices:read"])
        .bearer();
    assert_eq!(world.call_as(Some(&admin), open).await.1, "in");
    assert_eq!(world.call_as(Some(&admin), closed).await.1, "in");
    for (bearer, status, challenge) in [
        (None, StatusCode::UNAUTHORIZED, Some("Bearer")),
        (
            Some("Bearer of.no.good"),
            StatusCode::UNAUTHORIZED,
            Some(r#"Bearer error="invalid_token""#),
        ),
        (Some(&*world.bearer), StatusCode::FORBIDDEN, None),
    ] {
        let by_guard = world.respond(bearer, closed).await;
        let by_hand = world.respond(bearer, open).await;
        for response in [&by_hand, &by_guard] {
            let headers = response.headers();
            let shown = headers
                .get(header::WWW_AUTHENTICATE)
                .map(|value| value.to_str().unwrap());
            assert_eq!((response.status(), shown), (status, challenge));
        }
        assert_eq!(by_hand.body(), by_guard.body());
    }
}

#[tokio::test]
async fn a_denial_says_what_to_do_about_it() {
    let world = World::new().await;
    let stale = world
        .respond(Some(&world.instance.user("ada").fva(11, 11).bearer()), fresh)
        .await;
    assert_eq!(stale.status(), StatusCode::FORBIDDEN);
    assert!(stale.body().contains("reverification-error"), "{}", stale.body());

    let key = world.instance.api_key("ada").secret();
    let without_scope = world.respond(Some(&format!("Bearer {key}")), scoped).await;
    assert_eq!(without_scope.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        without_scope.headers()[header::WWW_AUTHENTICATE],
        r#"Bearer error="insufficient_scope", scope="invoices:read""#
    );
}

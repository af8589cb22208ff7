//! The doors of HTTP: applications that answer every path with one handler.

use axum::Router;
use axum::body::Body;
use axum::handler::Handler;
use axum::response::IntoResponse;
use clerk_runtime::{Clerk, ClerkLayer, GuardedRouter, routing};
use http::Request;
use tower::ServiceExt as _;

use crate::answer::Answer;
use crate::door;
use crate::drafts::Draft;
use crate::handlers;

pub(crate) struct Application {
    pub(crate) name: &'static str,
    pub(crate) group: &'static str,
    pub(crate) router: Router,
}

impl Application {
    /// Sends a request that is not on any wire.
    pub(crate) async fn ask(&self, draft: &Draft) -> Answer {
        let request = Request::from_parts(draft.parts(), Body::empty());
        let response = self.router.clone().oneshot(request).await;
        Answer::from_response(response.into_response()).await
    }
}

/// Makes every application there is for one handle; `other` is one of another instance.
pub(crate) fn all(clerk: &Clerk, other: &Clerk) -> Vec<Application> {
    let mut applications = guards(clerk);
    applications.extend(extractors(clerk));
    applications.extend(layers(clerk, other));
    applications.push(guarded_router(clerk));
    applications
}

/// Makes those that the vectors are sent to.
pub(crate) fn few(clerk: &Clerk) -> Vec<Application> {
    let mut layered = [
        application("layer", "unguarded", clerk, handlers::unguarded),
        application("layer", "page", clerk, handlers::page),
    ];
    for application in &mut layered {
        let router = application.router.clone();
        application.router = router.layer(ClerkLayer::new(clerk.clone()));
    }
    let mut any = application("layer", "any-for-any", clerk, handlers::any);
    any.router = any
        .router
        .layer(ClerkLayer::new(clerk.clone()).accepts_token(door::ANY));
    let mut few = vec![
        application("guard", "plain", clerk, handlers::plain),
        application("guard", "any", clerk, handlers::any),
        application("guard", "page", clerk, handlers::page),
        application("extractor", "auth", clerk, handlers::auth),
        any,
    ];
    few.extend(layered);
    few
}

fn application<T: 'static>(
    group: &'static str,
    name: &'static str,
    clerk: &Clerk,
    handler: impl Handler<T, Clerk>,
) -> Application {
    Application {
        name,
        group,
        router: Router::new().fallback(handler).with_state(clerk.clone()),
    }
}

fn guards(clerk: &Clerk) -> Vec<Application> {
    let group = "guard";
    vec![
        application(group, "plain", clerk, handlers::plain),
        application(group, "role", clerk, handlers::role),
        application(group, "permission", clerk, handlers::permission),
        application(group, "nested", clerk, handlers::nested),
        application(group, "reverified", clerk, handlers::reverified),
        application(group, "claims", clerk, handlers::claims),
        application(group, "organization", clerk, handlers::organization),
        application(group, "page", clerk, handlers::page),
        application(group, "admin-page", clerk, handlers::admin_page),
        application(group, "any", clerk, handlers::any),
        application(group, "session-or-key", clerk, handlers::session_or_key),
        application(group, "session-or-oauth", clerk, handlers::session_or_oauth),
        application(group, "api-key", clerk, handlers::api_key),
        application(group, "m2m", clerk, handlers::m2m),
        application(group, "oauth", clerk, handlers::oauth),
    ]
}

fn extractors(clerk: &Clerk) -> Vec<Application> {
    let group = "extractor";
    vec![
        application(group, "auth", clerk, handlers::auth),
        application(group, "session", clerk, handlers::session),
        application(group, "optional-session", clerk, handlers::optional_session),
        application(group, "user", clerk, handlers::user),
        application(group, "resource", clerk, handlers::resource),
    ]
}

fn layers(clerk: &Clerk, other: &Clerk) -> Vec<Application> {
    let group = "layer";
    let session = || ClerkLayer::new(clerk.clone());
    let any = || session().accepts_token(door::ANY);
    let key = || session().accepts_token(door::API_KEY);
    let layered = |layer: ClerkLayer, mut inner: Application| {
        inner.group = group;
        inner.router = inner.router.layer(layer);
        inner
    };
    let elsewhere = |mut inner: Application| {
        inner.router = inner.router.layer(ClerkLayer::new(other.clone()));
        inner
    };
    vec![
        layered(
            session(),
            application(group, "unguarded", clerk, handlers::unguarded),
        ),
        layered(session(), application(group, "plain", clerk, handlers::plain)),
        layered(session(), application(group, "role", clerk, handlers::role)),
        layered(session(), application(group, "page", clerk, handlers::page)),
        layered(session(), application(group, "any", clerk, handlers::any)),
        layered(session(), application(group, "api-key", clerk, handlers::api_key)),
        layered(session(), application(group, "auth", clerk, handlers::auth)),
        layered(
            session(),
            application(group, "optional-session", clerk, handlers::optional_session),
        ),
        layered(
            any(),
            application(group, "unguarded-for-any", clerk, handlers::unguarded),
        ),
        layered(any(), application(group, "plain-for-any", clerk, handlers::plain)),
        layered(any(), application(group, "any-for-any", clerk, handlers::any)),
        layered(
            key(),
            application(group, "session-or-key-for-key", clerk, handlers::session_or_key),
        ),
        layered(
            session(),
            layered(
                session(),
                application(group, "plain-in-two", clerk, handlers::plain),
            ),
        ),
        layered(
            session(),
            layered(any(), application(group, "any-in-two", clerk, handlers::any)),
        ),
        layered(
            session(),
            elsewhere(application(
                group,
                "unguarded-in-other",
                clerk,
                handlers::unguarded,
            )),
        ),
        elsewhere(layered(
            session(),
            application(group, "plain-in-other", clerk, handlers::plain),
        )),
    ]
}

fn guarded_router(clerk: &Clerk) -> Application {
    let router: Router = GuardedRouter::new()
        .route("/", routing::get(handlers::open).post(handlers::plain))
        .route(
            "/dashboard",
            routing::get(handlers::page)
                .post(handlers::plain)
                .put(handlers::any),
        )
        .route(
            "/orgs/{slug}",
            routing::get(handlers::role).delete(handlers::permission),
        )
        .route("/orgs/{slug}/{*rest}", routing::any(handlers::nested))
        .nest(
            "/me",
            GuardedRouter::new().route("/settings", routing::get(handlers::reverified)),
        )
        .fallback(handlers::session_or_key)
        .with_state(clerk.clone())
        .into();
    Application {
        name: "routes",
        group: "guarded-router",
        router: router.layer(ClerkLayer::new(clerk.clone())),
    }
}

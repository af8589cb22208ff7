//! Every way to mount a protected handler.

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRef, Request, State};
use axum::handler::{Handler, HandlerWithoutStateExt};
use axum::middleware::{Next, from_fn, map_request};
use axum::response::Response;
use clerk_runtime::routing::{self, GuardedMethodRouter};
use clerk_runtime::{Clerk, ClerkLayer, Guard, GuardedRouter, HasClerk, Public, handlers, protected};
use http::{Method, Uri};
use tower::Layer;
use tower::layer::util::Identity;

use crate::support::SignedIn;
use crate::verb::Verb;

/// A way to build an application around a handler, and the path that it answers there.
pub(crate) type Way = (&'static str, &'static str, fn(Verb, Clerk) -> Router);

/// A way to mount a handler for every method of a path.
pub(crate) type Wholesale = (&'static str, &'static str, fn(Clerk) -> Router);

pub(crate) const BODY: &str = "for those who are signed in";

#[protected]
async fn secret() -> &'static str {
    BODY
}

#[protected]
async fn secret_of_state(_: State<Name>) -> &'static str {
    BODY
}

macro_rules! make_handlers {
    ($($name:ident)*) => {
        $(
            #[protected]
            async fn $name() -> &'static str {
                BODY
            }
        )*
    };
}

make_handlers!(secret_by_macro);

struct Secrets;

#[handlers]
impl Secrets {
    #[protected]
    async fn show() -> &'static str {
        BODY
    }
}

#[derive(Clone)]
struct App {
    clerk: Clerk,
    name: Name,
}

#[derive(Clone)]
struct Name;

impl App {
    fn new(clerk: Clerk) -> Self {
        Self { clerk, name: Name }
    }
}

impl FromRef<App> for Clerk {
    fn from_ref(app: &App) -> Self {
        app.clerk.clone()
    }
}

impl FromRef<App> for Name {
    fn from_ref(app: &App) -> Self {
        app.name.clone()
    }
}

/// `/item`, and nothing else.
fn item<S>(verb: Verb) -> GuardedRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
{
    GuardedRouter::new().route("/item", verb.of(secret))
}

fn public<S>() -> GuardedRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    GuardedRouter::without_clerk().route("/public", routing::any(|_: Public| async { "public" }))
}

fn served<S>(router: GuardedRouter<S>, state: S) -> Router
where
    S: Clone + Send + Sync + 'static,
{
    router.with_state(state).into_axum()
}

async fn pass_on(request: Request, next: Next) -> Response {
    next.run(request).await
}

async fn claim_to_be_elsewhere(mut request: Request) -> Request {
    *request.method_mut() = Method::GET;
    *request.uri_mut() = Uri::from_static("/public");
    request
}

async fn come_to_item(mut request: Request) -> Request {
    *request.uri_mut() = Uri::from_static("/item");
    request
}

pub(crate) const WAYS: &[Way] = &[
    ("route", "/item", |verb, clerk| served(item(verb), clerk)),
    ("chained", "/item", |verb, clerk| {
        served(GuardedRouter::new().route("/item", verb.chained(secret)), clerk)
    }),
    ("methods merged", "/item", |verb, clerk| {
        let methods = GuardedMethodRouter::new().merge(verb.of(secret));
        served(GuardedRouter::new().route("/item", methods), clerk)
    }),
    ("made by macro_rules", "/item", |verb, clerk| {
        served(
            GuardedRouter::new().route("/item", verb.of(secret_by_macro)),
            clerk,
        )
    }),
    ("function of a type", "/item", |verb, clerk| {
        served(GuardedRouter::new().route("/item", verb.of(Secrets::show)), clerk)
    }),
    ("closure", "/item", |verb, clerk| {
        let closure = |_: Guard<SignedIn>| async { BODY };
        served(GuardedRouter::new().route("/item", verb.of(closure)), clerk)
    }),
    ("handler in a layer", "/item", |verb, clerk| {
        let layered = secret.layer(Identity::new());
        served(GuardedRouter::new().route("/item", verb.of(layered)), clerk)
    }),
    ("parameter", "/item/7", |verb, clerk| {
        served(GuardedRouter::new().route("/item/{id}", verb.of(secret)), clerk)
    }),
    ("wildcard", "/item/7/8", |verb, clerk| {
        served(
            GuardedRouter::new().route("/item/{*rest}", verb.of(secret)),
            clerk,
        )
    }),
    ("nest", "/api/item", |verb, clerk| {
        served(GuardedRouter::new().nest("/api", item(verb)), clerk)
    }),
    ("nest at a slash", "/api/item", |verb, clerk| {
        served(GuardedRouter::new().nest("/api/", item(verb)), clerk)
    }),
    ("nest at a parameter", "/acme/item", |verb, clerk| {
        served(GuardedRouter::new().nest("/{tenant}", item(verb)), clerk)
    }),
    ("nest in nest", "/api/v1/item", |verb, clerk| {
        let inner = GuardedRouter::new().nest("/v1", item(verb));
        served(GuardedRouter::new().nest("/api", inner), clerk)
    }),
    ("root of a nest", "/api", |verb, clerk| {
        let inner = GuardedRouter::new().route("/", verb.of(secret));
        served(GuardedRouter::new().nest("/api", inner), clerk)
    }),
    ("merge", "/item", |verb, clerk| {
        served(public().merge(item(verb)), clerk)
    }),
    ("merge into it", "/item", |verb, clerk| {
        served(item(verb).merge(public()), clerk)
    }),
    ("merge in nest", "/api/item", |verb, clerk| {
        served(
            GuardedRouter::new().nest("/api", public().merge(item(verb))),
            clerk,
        )
    }),
    ("beside an unchecked router", "/item", |verb, clerk| {
        let unchecked = Router::new().route("/unchecked", axum::routing::any(|| async { "unchecked" }));
        served(
            item(verb)
                .merge_unchecked(unchecked.clone())
                .nest_unchecked("/below", unchecked),
            clerk,
        )
    }),
    ("let in unchecked after all", "/api/item", |verb, clerk| {
        served(
            GuardedRouter::new().nest_unchecked("/api", item(verb).into_axum()),
            clerk,
        )
    }),
    ("layer", "/item", |verb, clerk| {
        served(item(verb).layer(from_fn(pass_on)), clerk)
    }),
    ("route after a layer", "/item", |verb, clerk| {
        let layered = public().layer(from_fn(pass_on));
        served(layered.route("/item", verb.of(secret)), clerk)
    }),
    ("merge after a layer", "/item", |verb, clerk| {
        served(public().layer(from_fn(pass_on)).merge(item(verb)), clerk)
    }),
    ("route layer", "/item", |verb, clerk| {
        served(item(verb).route_layer(from_fn(pass_on)), clerk)
    }),
    ("layer of methods", "/item", |verb, clerk| {
        let methods = verb.of(secret).layer(from_fn(pass_on));
        served(GuardedRouter::new().route("/item", methods), clerk)
    }),
    ("ClerkLayer", "/item", |verb, clerk| {
        served(item(verb).layer(ClerkLayer::new(clerk.clone())), clerk)
    }),
    ("layer that rewrites method and path", "/item", |verb, clerk| {
        let both = item(verb).merge(public());
        served(both.layer(map_request(claim_to_be_elsewhere)), clerk)
    }),
    ("layer of methods that rewrites", "/item", |verb, clerk| {
        let methods = verb.of(secret).layer(map_request(claim_to_be_elsewhere));
        served(public().route("/item", methods), clerk)
    }),
    (
        "path rewritten in front of the router",
        "/public",
        |verb, clerk| {
            let app = served(item(verb).merge(public()), clerk);
            Router::new().fallback_service(map_request(come_to_item).layer(app))
        },
    ),
    ("state in an Arc", "/item", |verb, clerk| {
        served(item(verb), Arc::new(App::new(clerk)))
    }),
    ("state with a Clerk", "/item", |verb, clerk| {
        let router = GuardedRouter::new().route("/item", verb.of(secret_of_state));
        served(router, App::new(clerk))
    }),
    ("state given early", "/api/item", |verb, clerk| {
        let inner = item(verb).with_state(App::new(clerk));
        served(GuardedRouter::without_clerk().nest("/api", inner), ())
    }),
    ("two states", "/item", |verb, clerk| {
        let one = item(verb).with_state::<()>(clerk.clone());
        let other = item(verb).with_state::<()>(Arc::new(App::new(clerk)));
        served(
            one.merge(GuardedRouter::without_clerk().nest("/other", other)),
            (),
        )
    }),
    ("merge into axum", "/item", |verb, clerk| {
        Router::new().merge(item(verb)).with_state(clerk)
    }),
    ("nest in axum", "/api/item", |verb, clerk| {
        Router::new()
            .nest("/api", item(verb).into_axum())
            .with_state(clerk)
    }),
    ("service of axum", "/api/item", |verb, clerk| {
        Router::new().nest_service("/api", served(item(verb), clerk))
    }),
    ("layer of axum", "/item", |verb, clerk| {
        served(item(verb), clerk).layer(from_fn(pass_on))
    }),
    ("fallback elsewhere", "/item", |verb, clerk| {
        served(item(verb).fallback(|_: Public| async { "nothing here" }), clerk)
    }),
];

fn service() -> axum::handler::HandlerService<impl Handler<((),), ()>, ((),), ()> {
    (|| async { BODY }).into_service()
}

type SignedInOnly = Guard<SignedIn>;

pub(crate) const WHOLESALE: &[Wholesale] = &[
    ("fallback", "/item", |clerk| {
        served(GuardedRouter::new().fallback(secret), clerk)
    }),
    ("fallback at the root", "/", |clerk| {
        served(GuardedRouter::new().fallback(secret), clerk)
    }),
    ("fallback beside routes", "/item", |clerk| {
        served(public().fallback(secret), clerk)
    }),
    ("fallback in nest", "/api/item", |clerk| {
        let inner = public().fallback(secret);
        let outer = GuardedRouter::new().fallback(|_: Public| async { "nothing here" });
        served(outer.nest("/api", inner), clerk)
    }),
    ("fallback merged", "/item", |clerk| {
        served(public().merge(GuardedRouter::new().fallback(secret)), clerk)
    }),
    ("fallback inherited", "/api/item", |clerk| {
        served(
            GuardedRouter::new().nest("/api", public()).fallback(secret),
            clerk,
        )
    }),
    ("fallback in a layer", "/item", |clerk| {
        served(
            GuardedRouter::new().fallback(secret).layer(from_fn(pass_on)),
            clerk,
        )
    }),
    ("fallback in axum", "/item", |clerk| {
        Router::new()
            .merge(GuardedRouter::new().fallback(secret))
            .with_state(clerk)
    }),
    ("fallback service", "/item", |clerk| {
        served(
            GuardedRouter::new().fallback_service::<SignedInOnly, _>(service()),
            clerk,
        )
    }),
    ("method fallback", "/item", |clerk| {
        let methods = routing::put(secret).fallback(secret);
        served(GuardedRouter::new().route("/item", methods), clerk)
    }),
    ("methods beside any", "/item", |clerk| {
        let methods = routing::any(secret).post(secret);
        served(GuardedRouter::new().route("/item", methods), clerk)
    }),
    ("method not allowed", "/item", |clerk| {
        served(item(Verb::Put).method_not_allowed_fallback(secret), clerk)
    }),
    ("method not allowed in nest", "/api/item", |clerk| {
        let outer = GuardedRouter::new().nest("/api", item(Verb::Get));
        served(outer.method_not_allowed_fallback(secret), clerk)
    }),
    ("route service", "/item", |clerk| {
        served(
            GuardedRouter::new().route_service::<SignedInOnly, _>("/item", service()),
            clerk,
        )
    }),
    ("route service in nest", "/api/item", |clerk| {
        let inner = GuardedRouter::new().route_service::<SignedInOnly, _>("/item", service());
        served(GuardedRouter::new().nest("/api", inner), clerk)
    }),
    ("nested service", "/files/item", |clerk| served(files(), clerk)),
    ("nested service itself", "/files", |clerk| served(files(), clerk)),
    ("nested service with a slash", "/files/", |clerk| {
        served(files(), clerk)
    }),
    ("nested service in nest", "/api/files/item", |clerk| {
        served(GuardedRouter::new().nest("/api", files()), clerk)
    }),
    ("nested service in a layer", "/files/item", |clerk| {
        served(files().route_layer(from_fn(pass_on)), clerk)
    }),
    ("nested service for a state in an Arc", "/files/item", |clerk| {
        served(files(), Arc::new(App::new(clerk)))
    }),
];

fn files<S>() -> GuardedRouter<S>
where
    S: HasClerk + Clone + Send + Sync + 'static,
{
    GuardedRouter::new().nest_service::<SignedInOnly, _>("/files", service())
}

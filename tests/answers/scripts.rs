//! Several looks at one request, with what a middleware does to it in between.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request};
use axum::response::{IntoResponse as _, Response};
use clerk_runtime::clock::Clock as _;
use clerk_runtime::{Auth, Clerk, ClerkLayer, Guard, Policy, Rejection, SessionAuth, UserId, WhenSignedOut};
use http::Method;
use http::request::Parts;
use serde_json::json;
use tower::util::BoxCloneService;
use tower::{Layer as _, ServiceExt as _, service_fn};

use crate::answer::Answer;
use crate::clock::FixedClock;
use crate::door::{self, described_auth, described_get_auth, rejected};
use crate::drafts::{Draft, header_value};

/// What happens to a request on its way in, the outermost first.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A layer for session tokens, or for any.
    Layer(bool),
    /// A layer of another instance.
    OtherLayer,
    Guard(Wants),
    Auth,
    Session,
    OptionalSession,
    User,
    GetAuth,
    Set(&'static str, String),
    Append(&'static str, String),
    Remove(&'static str),
    Method(Method),
    /// Takes so many seconds.
    Wait(i64),
}

/// What a guard wants.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wants {
    Session,
    Any,
    ApiKey,
    List,
    Page,
}

#[derive(Clone)]
struct Log(Vec<Answer>);

/// The worst that a look came to.
#[derive(Clone)]
struct Worst(String);

/// The handles that look, and the clock they go by.
#[derive(Clone)]
pub(crate) struct Handles {
    pub(crate) clerk: Clerk,
    /// A handle to another instance.
    pub(crate) other: Clerk,
    pub(crate) clock: FixedClock,
}

type Service = BoxCloneService<Request, Response, Infallible>;

/// Sends a request through all steps. The answer tells what every look came to, or is that of a layer.
pub(crate) async fn perform(handles: &Handles, draft: &Draft, steps: &[Step]) -> Answer {
    let mut service: Service = BoxCloneService::new(service_fn(told));
    for step in steps.iter().rev() {
        let layer = |clerk: &Clerk| ClerkLayer::new(clerk.clone());
        service = match step {
            Step::Layer(false) => BoxCloneService::new(layer(&handles.clerk).layer(service)),
            Step::Layer(true) => {
                BoxCloneService::new(layer(&handles.clerk).accepts_token(door::ANY).layer(service))
            }
            Step::OtherLayer => BoxCloneService::new(layer(&handles.other).layer(service)),
            step => within(step.clone(), handles.clone(), service),
        };
    }
    let mut request = Request::from_parts(draft.parts(), Body::empty());
    request.extensions_mut().insert(Log(Vec::new()));
    let response = service.oneshot(request).await.into_response();
    let worst = response.extensions().get::<Worst>().cloned();
    let mut answer = Answer::from_response(response).await;
    if let Some(Worst(status)) = worst {
        answer.status = format!("{status} inside");
    }
    answer
}

/// Responds with everything that was found out.
async fn told(request: Request) -> Result<Response, Infallible> {
    let Some(Log(answers)) = request.extensions().get() else {
        return Ok(().into_response());
    };
    let several = Answer::from_several(answers);
    let mut response = several.to_string().into_response();
    response.extensions_mut().insert(Worst(several.status));
    Ok(response)
}

fn within(step: Step, handles: Handles, inner: Service) -> Service {
    BoxCloneService::new(service_fn(move |request: Request| {
        let (step, handles, inner) = (step.clone(), handles.clone(), inner.clone());
        async move {
            let (mut parts, body) = request.into_parts();
            if let Some(answer) = take(&step, &handles, &mut parts).await
                && let Some(log) = parts.extensions.get_mut::<Log>()
            {
                log.0.push(answer);
            }
            inner.oneshot(Request::from_parts(parts, body)).await
        }
    }))
}

async fn take(step: &Step, handles: &Handles, parts: &mut Parts) -> Option<Answer> {
    match step {
        Step::Layer(_) | Step::OtherLayer => {}
        Step::Set(name, value) => {
            parts.headers.insert(*name, header_value(value));
        }
        Step::Append(name, value) => {
            parts.headers.append(*name, header_value(value));
        }
        Step::Remove(name) => {
            parts.headers.remove(*name);
        }
        Step::Method(method) => parts.method = method.clone(),
        Step::Wait(seconds) => handles.clock.set(handles.clock.unix_millis() + seconds * 1000),
        look => return Some(looked(look, &handles.clerk, parts).await),
    }
    None
}

async fn looked(step: &Step, clerk: &Clerk, parts: &mut Parts) -> Answer {
    let session = |session: SessionAuth| described_auth(&Auth::Session(session));
    let found = match step {
        Step::Guard(Wants::Session) => guarded::<OfSession>(parts, clerk).await,
        Step::Guard(Wants::Any) => guarded::<OfAny>(parts, clerk).await,
        Step::Guard(Wants::ApiKey) => guarded::<OfApiKey>(parts, clerk).await,
        Step::Guard(Wants::List) => guarded::<OfList>(parts, clerk).await,
        Step::Guard(Wants::Page) => guarded::<OfPage>(parts, clerk).await,
        Step::Auth => Auth::from_request_parts(parts, clerk)
            .await
            .map(|auth| described_auth(&auth)),
        Step::Session => <SessionAuth as FromRequestParts<Clerk>>::from_request_parts(parts, clerk)
            .await
            .map(session),
        Step::OptionalSession => {
            <SessionAuth as OptionalFromRequestParts<Clerk>>::from_request_parts(parts, clerk)
                .await
                .map(|found| json!(found.map(session)))
        }
        Step::User => UserId::from_request_parts(parts, clerk)
            .await
            .map(|user| json!(user)),
        _ => Ok(described_get_auth(parts)),
    };
    match found {
        Ok(found) => Answer::new("let in", found.to_string()),
        Err(rejection) => rejected(rejection).await,
    }
}

async fn guarded<P: Policy>(parts: &mut Parts, clerk: &Clerk) -> Result<serde_json::Value, Rejection> {
    let guard = Guard::<P>::from_request_parts(parts, clerk).await?;
    Ok(described_auth(guard.auth()))
}

macro_rules! policies {
    ($($name:ident { $($constants:tt)* })*) => {
        $(
            struct $name;

            impl Policy for $name {
                $($constants)*

                fn inject(_: &Auth) -> Result<Self, Rejection> {
                    Ok(Self)
                }
            }
        )*
    };
}

policies! {
    OfSession {}
    OfAny {
        const ACCEPTS: door::Accepts = door::ANY;
    }
    OfApiKey {
        const ACCEPTS: door::Accepts = door::API_KEY;
    }
    OfList {
        const ACCEPTS: door::Accepts = door::SESSION_OR_OAUTH;
    }
    OfPage {
        const WHEN_SIGNED_OUT: WhenSignedOut = WhenSignedOut::RedirectToSignIn;
    }
}

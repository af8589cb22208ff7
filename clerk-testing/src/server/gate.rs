//! What happens to every request before its endpoint sees it: it is recorded, faults strike, the key is checked.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::answer::ApiError;
use super::backend::Caller;
use super::connection::Connection;
use super::drip::Drip;
use crate::state::Shared;
use crate::{Endpoint, Fault, RecordedRequest};

/// Passes a request on, and dates the answer by the instance's clock.
pub(super) async fn pass(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = answer(&shared, &connection, request, next).await;
    if let Some(date) = date(shared.clock.unix_seconds()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Returns a time as a header has it (RFC 9110 §5.6.7); `None` for one that a header cannot have.
fn date(unix_seconds: i64) -> Option<HeaderValue> {
    /// The last second of the year 9999.
    const LATEST: u64 = 253_402_300_799;
    let seconds = u64::try_from(unix_seconds)
        .ok()
        .filter(|seconds| *seconds <= LATEST)?;
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
    HeaderValue::try_from(date).ok()
}

async fn answer(shared: &Shared, connection: &Connection, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let endpoint = Endpoint::of(&path);
    let key = check_key(request.headers(), endpoint, shared);
    let method = request.method().clone();
    shared.requests().push(RecordedRequest {
        method,
        path,
        endpoint,
        authorized: key.is_ok(),
    });

    let passed = if is_of_the_frontend(request.uri().path()) {
        Ok(())
    } else {
        key.and_then(|caller| {
            request.extensions_mut().insert(caller);
            take(endpoint, shared)
        })
    };
    let fault = shared.faults().next(endpoint);
    let right_answer = async {
        match passed {
            Ok(()) => next.run(request).await,
            Err(error) => error.into_response(shared),
        }
    };
    match fault {
        None => right_answer.await,
        Some(Fault::Delay(time)) => {
            tokio::time::sleep(time).await;
            right_answer.await
        }
        Some(Fault::Late(time)) => {
            let response = right_answer.await;
            tokio::time::sleep(time).await;
            response
        }
        Some(Fault::Drip(pause)) => {
            with_body(right_answer.await, |body| Body::new(Drip::new(body, pause))).await
        }
        Some(Fault::Huge(length)) => with_body(right_answer.await, |body| padded(&body, length).into()).await,
        Some(Fault::Redirect(to)) => match HeaderValue::try_from(to) {
            Ok(to) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response(),
            Err(_) => injected(500).into_response(shared),
        },
        // The length in the header is that of the half, so that HTTP itself stays sound.
        Some(Fault::Truncated) => {
            with_body(right_answer.await, |body| body.slice(..body.len() / 2).into()).await
        }
        Some(Fault::Status(status)) => injected(status).into_response(shared),
        Some(Fault::StatusWithRetryAfter(status, seconds)) => {
            let mut response = injected(status).into_response(shared);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Some(Fault::Garbage) => {
            Html("<!doctype html><title>Welcome</title><p>Please accept the terms.").into_response()
        }
        Some(Fault::Empty) => ([(header::CONTENT_TYPE, "application/json")], Body::empty()).into_response(),
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::Drop) => {
            connection.cut();
            // Never arrives: writing it is what makes the server notice.
            StatusCode::OK.into_response()
        }
    }
}

/// Browsers have no secret key.
fn is_of_the_frontend(path: &str) -> bool {
    let mut segments = path.split('/').skip(1);
    match (segments.next(), segments.next()) {
        (Some("v1"), second) => second == Some("client"),
        (Some("sign-in" | "sign-up" | "sign-out" | "organizations" | ".well-known"), _) => true,
        _ => false,
    }
}

/// Counts a request to the Backend API, if there is a limit. The key set has none.
fn take(endpoint: Endpoint, shared: &Shared) -> Result<(), ApiError> {
    if endpoint == Endpoint::Jwks {
        return Ok(());
    }
    shared
        .rate_limits()
        .take(endpoint, shared.now())
        .map_err(ApiError::too_many_requests)
}

/// Whose key came along. Keys of machines are good for M2M tokens alone.
fn check_key(headers: &HeaderMap, endpoint: Endpoint, shared: &Shared) -> Result<Caller, ApiError> {
    let refuse = |code, message| Err(ApiError::new(StatusCode::UNAUTHORIZED, code, message));
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return refuse(
            "authentication_invalid",
            "the request has no Authorization header",
        );
    };
    match value.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")) {
        None => refuse(
            "authorization_header_format_invalid",
            "the Authorization header is not `Bearer` and a key",
        ),
        Some(key) if key == shared.secret_key => Ok(Caller::Instance),
        Some(key) => {
            let machines = shared.machines();
            match machines.with_key(key, shared.now()) {
                Some(id) if endpoint == Endpoint::M2mTokens => Ok(Caller::Machine(id.to_owned())),
                _ => refuse(
                    "clerk_key_invalid",
                    "the key is not the secret key of this local instance",
                ),
            }
        }
    }
}

fn injected(status: u16) -> ApiError {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let code = match status.as_u16() {
        401 => "authentication_invalid",
        403 => "authorization_invalid",
        404 => "resource_not_found",
        429 => "too_many_requests",
        503 => "maintenance_mode",
        500.. => "internal_clerk_error",
        _ => "bad_request",
    };
    ApiError::new(status, code, "this fault was injected")
}

/// The response with another body in place of its own.
async fn with_body(response: Response, change: impl FnOnce(Bytes) -> Body) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, change(body))
}

fn padded(body: &[u8], length: usize) -> Vec<u8> {
    let mut padded = body.to_vec();
    padded.resize(length.max(body.len()), b' ');
    padded
}

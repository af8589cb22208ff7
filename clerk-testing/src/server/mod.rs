//! The Backend API and the Frontend API on loopback.

mod answer;
mod connection;
mod drip;
mod frontend;
mod gate;
mod handshake;
mod html;
mod machine_tokens;
mod organization_keys;
mod organizations;
mod pages;
mod refresh;
mod sessions;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use self::answer::{json, not_found};
use self::connection::{Connection, Connections};
use crate::state::Shared;
use crate::{StartError, webhook};

/// A server that stops when it is dropped.
///
/// It has a thread and a runtime of its own. So an instance may be shared by tests that each have a runtime, and code
/// under test that blocks its runtime does not block the instance.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(shared: Arc<Shared>) -> Result<Self, StartError> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(StartError::Listen)?;
        listener.set_nonblocking(true).map_err(StartError::Listen)?;
        let address = listener.local_addr().map_err(StartError::Listen)?;
        // The server is the only one who sets it.
        let _ = shared.port.set(address.port());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(StartError::Thread)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("clerk-testing".into())
            .spawn(move || {
                runtime.block_on(async {
                    if let Ok(listener) = TcpListener::from_std(listener) {
                        tokio::spawn(webhook::send_all(Arc::clone(&shared)));
                        tokio::spawn(serve(listener, shared));
                        // A sender that is gone means stop as well.
                        let _ = stopped.await;
                    }
                });
                // Dropping the runtime here closes every connection, answered or not.
            });
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread.map_err(StartError::Thread)?),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A server that panicked has stopped, which is all that is wanted.
            let _ = thread.join();
        }
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    // Clerk's packages ask for these without the version, others with it.
    let machine_tokens = Router::new()
        .route("/api_keys/verify", post(machine_tokens::api_key))
        .route("/m2m_tokens/verify", post(machine_tokens::m2m))
        .route(
            "/oauth_applications/access_tokens/verify",
            post(machine_tokens::oauth),
        );
    let app = Router::new()
        .merge(machine_tokens.clone())
        .nest("/v1", machine_tokens)
        .route("/v1/jwks", get(jwks))
        .route("/v1/users/{id}", get(user))
        .route("/v1/sessions/{id}/tokens", post(sessions::create_token))
        .route(
            "/v1/sessions/{id}/tokens/{template}",
            post(sessions::create_template_token),
        )
        .route("/v1/sessions/{id}/refresh", post(refresh::refresh))
        .route(
            "/v1/organization_permissions",
            get(organization_keys::permissions),
        )
        .route("/v1/organization_roles", get(organization_keys::roles))
        .route("/v1/clients/handshake_payload", get(handshake::payload))
        .route("/v1/client/handshake", get(handshake::handshake))
        .route("/v1/client/sync", get(handshake::sync))
        .route("/sign-in", get(pages::sign_in_page).post(pages::sign_in))
        .route("/sign-in/create", get(pages::sign_in_page))
        .route("/sign-up", get(pages::sign_in_page).post(pages::sign_in))
        .route("/sign-out", get(pages::sign_out))
        .route(
            "/organizations",
            get(organizations::choose_page).post(organizations::choose),
        )
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), gate::pass))
        .with_state(shared);
    let service = app.into_make_service_with_connect_info::<Connection>();
    // Serving ends with the runtime; no error is ever returned.
    let _ = axum::serve(Connections(listener), service).await;
}

async fn jwks(State(shared): State<Arc<Shared>>) -> Response {
    json(shared.jwks())
}

async fn user(State(shared): State<Arc<Shared>>, id: Result<Path<String>, PathRejection>) -> Response {
    let found = id
        .ok()
        .and_then(|Path(id)| shared.directory().user_by_id(&id).cloned());
    found.map_or_else(|| not_found(&shared, "user"), json)
}

async fn unknown(State(shared): State<Arc<Shared>>) -> Response {
    not_found(&shared, "endpoint")
}

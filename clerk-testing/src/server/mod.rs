//! The Backend API and the Frontend API on loopback.

mod answer;
mod backend;
mod connection;
mod drip;
mod frontend;
mod gate;
mod handshake;
mod html;
mod organizations;
mod pages;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router, middleware};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use self::answer::not_found;
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
    let app = Router::new()
        .merge(backend::routes())
        .route("/v1/clients/handshake_payload", get(handshake::payload))
        .route("/v1/client/handshake", get(handshake::handshake))
        .route("/v1/client/sync", get(handshake::sync))
        .route("/.well-known/jwks.json", get(published_keys))
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

/// The keys that a Frontend API publishes.
async fn published_keys(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(shared.jwks())
}

async fn unknown(State(shared): State<Arc<Shared>>) -> Response {
    not_found(&shared, "endpoint")
}

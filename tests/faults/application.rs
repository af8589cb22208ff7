//! The application under test, on a runtime of its own so that its tasks can be counted.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use clerk_runtime::{Clerk, UserId, protected};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

pub(crate) struct Application {
    pub(crate) address: SocketAddr,
    runtime: Runtime,
}

impl Application {
    /// Serves on loopback, with keys.
    pub(crate) fn start(clerk: Clerk) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        let handle = clerk.clone();
        runtime
            .block_on(async move { handle.ready().await })
            .expect("keys");
        let app: Router = Router::new().route("/me", get(me)).with_state(clerk);
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self { address, runtime }
    }

    pub(crate) fn alive_tasks(&self) -> usize {
        self.runtime.metrics().num_alive_tasks()
    }

    pub(crate) fn stop(self) {
        self.runtime.shutdown_background();
    }
}

//! An application with a page for everybody, one for members, and something that they can change.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::response::{Html, Redirect};
use axum::routing::{get, post};
use clerk_runtime::{Auth, Clerk, ClerkLayer, UserId, protected};
use tokio::net::TcpListener;

#[derive(Clone)]
struct Application {
    clerk: Clerk,
    changes: Arc<AtomicUsize>,
    sign_out_url: Arc<str>,
}

impl FromRef<Application> for Clerk {
    fn from_ref(application: &Application) -> Self {
        application.clerk.clone()
    }
}

/// A server on loopback, at every name below `localhost`.
pub(crate) struct Served {
    pub(crate) port: u16,
    changes: Arc<AtomicUsize>,
}

impl Served {
    /// `host` is where users come back to when they have signed out.
    pub(crate) async fn at_any_port(clerk: &Clerk, sign_out_url: &str, host: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let changes = Arc::default();
        let application = Application {
            clerk: clerk.clone(),
            changes: Arc::clone(&changes),
            sign_out_url: format!("{sign_out_url}?redirect_url=http://{host}:{port}/").into(),
        };
        let app = Router::new()
            .route("/", get(home))
            .route("/account", get(account))
            .route("/change", post(change))
            .route("/sign-out", get(sign_out))
            .layer(ClerkLayer::new(clerk.clone()))
            .with_state(application);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { port, changes }
    }

    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// How often something was changed.
    pub(crate) fn changes(&self) -> usize {
        self.changes.load(Ordering::SeqCst)
    }
}

async fn home(auth: Auth) -> Html<String> {
    let who = auth.user_id().map_or("nobody", |user| user.as_str());
    Html(format!("<p>home of {who}</p>"))
}

#[protected(redirect_to_sign_in)]
async fn account(user_id: UserId) -> Html<String> {
    Html(format!(
        "<p>account of {user_id}</p><form method=\"post\" action=\"/change\"><button>Change</button></form>\
         <a id=\"sign-out\" href=\"/sign-out\">Sign out</a>"
    ))
}

#[protected]
async fn change(user_id: UserId, State(application): State<Application>) -> String {
    application.changes.fetch_add(1, Ordering::SeqCst);
    format!("changed by {user_id}")
}

async fn sign_out(State(application): State<Application>, request: http::request::Parts) -> Redirect {
    let page = application
        .clerk
        .build_url_with_auth(&request, &application.sign_out_url);
    Redirect::to(&page.unwrap())
}

/// A page elsewhere that posts to an address of the application as soon as it is opened.
pub(crate) async fn forger(target: &str) -> u16 {
    let page = format!(
        "<p>forging</p><form id=\"f\" method=\"post\" action=\"{target}\"></form><script>f.submit()</script>"
    );
    let app: Router = Router::new().route("/", get(move || async move { Html(page) }));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, app).await });
    port
}

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use clerk_runtime::{Clerk, ClerkLayer, ConfigError};

use crate::shared::Backend;
use crate::{instance, pages};

/// What the pages share.
#[derive(Clone)]
pub(crate) struct Application {
    pub(crate) clerk: Clerk,
    pub(crate) sign_out_url: Option<Arc<str>>,
    /// The notes of all users, in memory.
    pub(crate) notes: Arc<Mutex<Vec<Note>>>,
}

pub(crate) struct Note {
    pub(crate) author: String,
    pub(crate) text: String,
}

impl FromRef<Application> for Clerk {
    fn from_ref(application: &Application) -> Self {
        application.clerk.clone()
    }
}

pub(crate) fn routes(backend: &Backend, home: &str) -> Result<Router, ConfigError> {
    let clerk = instance::clerk(backend)?;
    let application = Application {
        clerk: clerk.clone(),
        sign_out_url: instance::sign_out_url(backend, home).map(Into::into),
        notes: Arc::default(),
    };
    Ok(Router::new()
        .route("/", get(pages::home))
        .route("/notes", get(pages::notes).post(pages::write_note))
        .route("/me", get(pages::personal_account))
        .route("/orgs/{slug}", get(pages::organization))
        .route("/sign-in", get(pages::sign_in))
        .route("/sign-out", post(pages::sign_out))
        .layer(ClerkLayer::new(clerk))
        .with_state(application))
}

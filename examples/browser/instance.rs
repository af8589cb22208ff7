use clerk_runtime::{Clerk, ConfigError};

use crate::shared::Backend;

/// Fills an instance of this process's own with organizations and their members.
pub(crate) fn prepare(backend: &Backend) {
    if let Backend::Local(instance) = backend {
        instance
            .organization("acme")
            .member("ada", "org:admin")
            .member("bob", "org:member");
        instance.organization("umbrella").member("ada", "org:member");
    }
}

/// A handle that knows which pages belong to which organization.
pub(crate) fn clerk(backend: &Backend) -> Result<Clerk, ConfigError> {
    backend
        .clerk_builder()?
        .organization_patterns(["/orgs/:slug"])
        .personal_account_patterns(["/me"])
        .build()
}

/// Where users sign out, if this is not done by Clerk's components in the browser; they come back to `home`.
pub(crate) fn sign_out_url(backend: &Backend, home: &str) -> Option<String> {
    match backend {
        Backend::Hosted => None,
        Backend::Local(instance) => Some(format!("{}?redirect_url={home}", instance.sign_out_url())),
    }
}

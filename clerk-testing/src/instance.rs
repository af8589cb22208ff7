use std::fmt;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clerk_runtime::{Clerk, ClerkBuilder, JwksPolicy};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::directory::Ending;
use crate::server::Server;
use crate::setup::Setup;
use crate::state::Shared;
use crate::{ApiKeyBuilder, Machine, OauthTokenBuilder, Organization, StartError, TokenBuilder};

/// The wait for keys of handles that are configured for an instance.
const WAIT_FOR_KEYS: Duration = Duration::from_secs(30);

/// A small Clerk on loopback, with keys that were generated for it and are only in memory.
///
/// It stops when it is dropped. Its server has a thread of its own, so that one instance may serve many tests, each with
/// its own runtime.
#[must_use = "the instance stops when it is dropped"]
pub struct LocalInstance {
    pub(crate) shared: Arc<Shared>,
    server: Server,
}

/// What a server needs to know of the instance.
impl LocalInstance {
    pub(crate) async fn start_with(setup: Setup) -> Result<Self, StartError> {
        // Searching for primes takes a tenth of a second, which would hold up the caller's runtime.
        let (sender, started) = oneshot::channel();
        let search = move || sender.send(Self::start_blocking(setup));
        thread::Builder::new()
            .name("clerk-testing-start".into())
            .spawn(search)
            .map_err(StartError::Thread)?;
        started
            .await
            .unwrap_or_else(|_| Err(StartError::Thread(io::ErrorKind::Interrupted.into())))
    }

    fn start_blocking(setup: Setup) -> Result<Self, StartError> {
        let shared = Arc::new(Shared::new(setup)?);
        let server = Server::start(Arc::clone(&shared))?;
        Ok(Self { shared, server })
    }

    /// A handle that is configured for this instance: its keys, its Backend API, its clock.
    ///
    /// Each has caches of its own.
    ///
    /// # Panics
    /// If the configuration that the instance makes for itself is refused, which would be a defect of this crate.
    #[must_use]
    pub fn clerk(&self) -> Clerk {
        self.clerk_builder()
            .build()
            .expect("an instance has all that a handle needs")
    }

    /// The same, with room for further settings, such as authorized parties: in production, too, any party is accepted
    /// until they are set. Browsers reach the Frontend API as through a proxy, at [`frontend_url`](Self::frontend_url). Requests
    /// wait up to 30 s for keys in place of 2 s, since machines that run tests may be busy; a test of an outage sets a
    /// [`JwksPolicy`] of its own.
    pub fn clerk_builder(&self) -> ClerkBuilder {
        Clerk::builder()
            .publishable_key(self.publishable_key())
            .secret_key(self.secret_key())
            .api_url(self.url())
            .machine_secret_key(self.machine_secret_key())
            .proxy_url(self.frontend_url())
            .sign_in_url(self.sign_in_url())
            .sign_up_url(self.sign_up_url())
            .any_authorized_party_by_default()
            .clock(self.clock())
            .jwks_policy(JwksPolicy::default().wait_for_keys(WAIT_FOR_KEYS))
    }

    /// What a satellite application on this domain of a production instance is configured with.
    pub fn satellite_clerk_builder(&self, domain: impl AsRef<str>) -> ClerkBuilder {
        self.clerk_builder()
            .satellite(true)
            .domain(domain.as_ref())
            .proxy_url(self.satellite_frontend_url(&domain))
    }

    /// Where the Backend API is: `http://127.0.0.1:<port>`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Where browsers find the Frontend API: in development the same as [`url`](Self::url), another site for browsers than
    /// an application on `localhost`; in production `http://clerk.<domain>:<port>`.
    ///
    /// Applications take it as their proxy URL, since the address in the publishable key leads nowhere.
    #[must_use]
    pub fn frontend_url(&self) -> String {
        self.shared.frontend_url()
    }

    /// Where browsers of a satellite domain find the Frontend API: `http://clerk.<satellite>:<port>`.
    #[must_use]
    pub fn satellite_frontend_url(&self, satellite: impl AsRef<str>) -> String {
        self.shared
            .origin_of(&format!("clerk.{}", satellite.as_ref().to_ascii_lowercase()))
    }

    /// The page where people sign in, by choosing who they are. It goes back to the `redirect_url` in its query.
    #[must_use]
    pub fn sign_in_url(&self) -> String {
        format!("{}/sign-in", self.frontend_url())
    }

    /// The page where people sign up, which does the same.
    #[must_use]
    pub fn sign_up_url(&self) -> String {
        format!("{}/sign-up", self.frontend_url())
    }

    /// The address that signs out and goes back to the `redirect_url` in its query. In development it has to have the
    /// browser's `__clerk_db_jwt` in its query too, as the pages for people have, where it is passed on.
    #[must_use]
    pub fn sign_out_url(&self) -> String {
        format!("{}/sign-out", self.frontend_url())
    }

    /// The page where a session's active organization is chosen. It goes back to the `redirect_url` in its query.
    #[must_use]
    pub fn organization_url(&self) -> String {
        format!("{}/organizations", self.frontend_url())
    }

    /// The publishable key: `pk_test_…` of a made-up host, `pk_live_…` of the domain's in production.
    #[must_use]
    pub fn publishable_key(&self) -> String {
        self.shared.publishable_key.clone()
    }

    /// The secret key, `sk_test_…` or `sk_live_…`.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.shared.secret_key
    }

    /// The public key that tokens are signed with now, in PEM.
    #[must_use]
    pub fn jwt_key(&self) -> String {
        self.shared.current_key().pem().to_owned()
    }

    /// The `iss` of tokens: `https://` and the frontend host of the publishable key.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.shared.issuer
    }

    /// The published key set (RFC 7517 §5), the same that `GET /v1/jwks` answers.
    #[must_use]
    pub fn jwks(&self) -> Value {
        self.shared.jwks()
    }
}

/// Users, tokens and keys.
impl LocalInstance {
    /// Signs a user in. One whose name was never mentioned is made now, with the address `<username>@example.com`.
    pub fn user(&self, username: impl AsRef<str>) -> TokenBuilder {
        let session = self.shared.new_session(username.as_ref());
        TokenBuilder::new(Arc::clone(&self.shared), session)
    }

    /// An organization, made at the first mention, and its members.
    pub fn organization(&self, slug: impl AsRef<str>) -> Organization {
        Organization::new(Arc::clone(&self.shared), slug.as_ref())
    }

    /// Replaces members of a user as `GET /v1/users/{id}` shows it, such as `first_name` or `public_metadata`.
    ///
    /// ```
    /// # async fn example(instance: clerk_testing::LocalInstance) {
    /// instance.update_user("ada", serde_json::json!({ "last_name": "Byron", "public_metadata": { "plan": "pro" } }));
    /// # }
    /// ```
    ///
    /// The id stays, whatever `members` says; what is not an object changes nothing.
    pub fn update_user(&self, username: impl AsRef<str>, members: Value) {
        let mut directory = self.shared.directory();
        let id = directory.user_called(username.as_ref());
        if let Value::Object(members) = members {
            directory.change_user(&id, |user| {
                if let Value::Object(user) = &mut user.object {
                    user.extend(members);
                }
            });
        }
    }

    /// Deletes a user with all sessions. Tokens that are out stay valid until they expire, as with Clerk.
    pub fn delete_user(&self, username: impl AsRef<str>) {
        let mut directory = self.shared.directory();
        let id = directory
            .find_user(username.as_ref())
            .map(|user| user.id().to_owned());
        if let Some(id) = id {
            directory.delete_user(&id);
        }
    }

    /// Ends a session: the Backend API mints no more tokens from it, and to the handshake its browser is signed out. Tokens
    /// that are out stay valid until they expire.
    pub fn end_session(&self, session_id: impl AsRef<str>) {
        self.shared
            .directory()
            .end_session(session_id.as_ref(), Ending::Ended);
    }

    /// Adds or replaces a JWT template.
    ///
    /// A claim that is one shortcode, such as `{{user.id}}`, becomes its value, whatever the type; within a longer text
    /// shortcodes become text. What is unknown is null. `{{user.last_name || user.username || 'nobody'}}` takes the first
    /// that is not null. There are:
    ///
    /// - `user.` and any member that [`update_user`](Self::update_user) can set, except private metadata, so `id`,
    ///   `username`, `first_name`, `last_name`, `external_id`, `public_metadata.plan`; also `full_name`,
    ///   `primary_email_address`, `email_verified`
    /// - `org.id`, `org.slug`, `org.name`, `org.role`
    /// - `session.id`, `session.actor`
    ///
    /// The tokens have `azp`, `exp`, `iat`, `iss`, `jti`, `nbf` and `sub` besides, which a template cannot replace, and
    /// live for 60 seconds unless the request says otherwise.
    pub fn jwt_template(&self, name: impl Into<String>, claims: Value) {
        let name = name.into();
        let now = self.shared.now();
        let mut templates = self.shared.templates();
        let known = templates.named(&name).map(|template| template.id.clone());
        match known {
            Some(id) => {
                templates.change(&id, now, |template| template.claims = claims);
            }
            None => {
                let id = self.shared.ids.named("jtmp_", &name);
                templates.add(id, name, claims, now).allowed_clock_skew = 10;
            }
        }
    }

    /// Signs with a new key from now on. The old one stays published, so that tokens that are out stay valid.
    ///
    /// # Panics
    /// If the cryptographic library cannot generate a key, which takes a lack of memory or randomness.
    pub fn rotate_keys(&self) {
        self.shared
            .rotate_keys()
            .expect("a key can be generated, as at the start of the instance");
    }

    /// Publishes only the key that signs now.
    pub fn retire_old_keys(&self) {
        self.shared.retire_old_keys();
    }
}

/// Machines.
impl LocalInstance {
    /// A new API key of a user, who is made at the first mention.
    pub fn api_key(&self, username: impl AsRef<str>) -> ApiKeyBuilder {
        let subject = self.shared.user_id(username.as_ref());
        ApiKeyBuilder::new(Arc::clone(&self.shared), subject)
    }

    /// A new API key of an organization, by its slug.
    pub fn api_key_of_org(&self, slug: impl AsRef<str>) -> ApiKeyBuilder {
        let subject = self.organization(slug).id();
        ApiKeyBuilder::new(Arc::clone(&self.shared), subject)
    }

    /// The machine with this name or id, made at the first mention, which makes M2M tokens.
    pub fn machine(&self, name: impl AsRef<str>) -> Machine {
        Machine::new(Arc::clone(&self.shared), name.as_ref())
    }

    /// A new OAuth access token that a user granted.
    pub fn oauth_token(&self, username: impl AsRef<str>) -> OauthTokenBuilder {
        let subject = self.shared.user_id(username.as_ref());
        OauthTokenBuilder::new(Arc::clone(&self.shared), subject)
    }

    /// The key of a machine called `local`, `ak_…`, which makes M2M tokens and verifies those of all machines. It is good for
    /// the endpoints of M2M tokens alone.
    #[must_use]
    pub fn machine_secret_key(&self) -> &str {
        &self.shared.machine_secret_key
    }
}

impl fmt::Debug for LocalInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalInstance")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn can_be_shared_between_threads() {
        fn shareable<T: Send + Sync + 'static>() {}
        shareable::<LocalInstance>();
        shareable::<TokenBuilder>();
    }
}

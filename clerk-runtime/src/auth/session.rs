use std::fmt;
use std::mem::size_of;
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;

use super::get_token::{GetToken, TokenSource};
use super::token_mint::TemplateTokenIssuer;
use crate::authorize::{AuthorizationContext, Denial, IntoRequirement, Permissions, Principal, evaluate};
use crate::token::{
    Actor, FactorVerificationAge, OrgId, OrgRole, SessionClaims, SessionId, SessionStatus, UserId,
};
use crate::verify::{ClaimsError, Verified};

/// All claims of the session token, in a shape of your own. A parameter of protected handlers.
///
/// ```
/// use clerk_runtime::Claims;
///
/// #[derive(serde::Deserialize)]
/// struct Custom {
///     plan: String,
/// }
///
/// fn plan(Claims(custom): Claims<Custom>) -> String {
///     custom.plan
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims<T>(pub T);

/// A user with a verified session token. Cloning is cheap; `Debug` shows ids, never the token.
#[derive(Clone)]
pub struct SessionAuth(Arc<Session>);

/// What [`SessionAuth`] shares between its clones.
struct Session {
    verified: Verified<SessionClaims>,
    user_id: UserId,
    // The others are made of the claims when they are first asked for.
    session_id: OnceLock<SessionId>,
    org_id: OnceLock<OrgId>,
    org_role: OnceLock<Box<str>>,
    org_permissions: OnceLock<Option<Vec<String>>>,
    token: Arc<str>,
    token_issuer: TemplateTokenIssuer,
}

impl Session {
    fn session_id(&self) -> Option<&SessionId> {
        let id = self.verified.claims().sid().as_str()?;
        Some(self.session_id.get_or_init(|| id.into()))
    }

    fn org_id(&self) -> Option<&OrgId> {
        let id = self.verified.claims().org_id()?;
        Some(self.org_id.get_or_init(|| id.into()))
    }

    fn org_role(&self) -> Option<&str> {
        Some(match self.verified.claims().org_role()? {
            OrgRole::Key(role) => role,
            OrgRole::WithoutPrefix(role) => self.org_role.get_or_init(|| ["org:", role].concat().into()),
        })
    }
}

impl Permissions for Session {
    fn list(&self) -> Option<&[String]> {
        self.org_permissions
            .get_or_init(|| self.verified.claims().org_permissions())
            .as_deref()
    }
}

impl SessionAuth {
    /// Makes the session of a verified token; `None` if its claims contradict each other.
    #[inline]
    pub(crate) fn new(
        verified: Verified<SessionClaims>,
        token: &str,
        token_issuer: TemplateTokenIssuer,
    ) -> Option<Self> {
        let claims = verified.claims();
        claims.check_organization().ok()?;
        let user_id = claims.sub().as_str()?.into();
        Some(Self(Arc::new(Session {
            user_id,
            session_id: OnceLock::new(),
            org_id: OnceLock::new(),
            org_role: OnceLock::new(),
            org_permissions: OnceLock::new(),
            token: token.into(),
            token_issuer,
            verified,
        })))
    }

    /// The verified user.
    pub fn user_id(&self) -> &UserId {
        &self.0.user_id
    }

    /// The session. Old tokens from JWT templates have none.
    pub fn session_id(&self) -> Option<&SessionId> {
        self.0.session_id()
    }

    /// The session's state, if the instance puts it into its tokens.
    pub fn session_status(&self) -> Option<&SessionStatus> {
        self.0.verified.claims().status()
    }

    /// Who acts as the user, if it is somebody else.
    pub fn actor(&self) -> Option<&Actor> {
        self.0.verified.claims().actor()
    }

    /// The active organization.
    pub fn org_id(&self) -> Option<&OrgId> {
        self.0.org_id()
    }

    /// The slug of the active organization.
    pub fn org_slug(&self) -> Option<&str> {
        self.0.verified.claims().org_slug()
    }

    /// The user's role in the active organization, such as `org:admin`.
    pub fn org_role(&self) -> Option<&str> {
        self.0.org_role()
    }

    /// The user's permissions in the active organization, such as `org:invoices:read`.
    pub fn org_permissions(&self) -> Option<&[String]> {
        self.0.list()
    }

    /// Minutes since each factor was verified.
    pub fn factor_verification_age(&self) -> Option<FactorVerificationAge> {
        self.0.verified.claims().factor_verification_age()
    }

    /// Whether the session has what is asked (Clerk docs: `has()`). Whatever is absent or odd is not had.
    #[must_use = "this only tells: write `authorize(..)?`, or `if` around what depends on it"]
    pub fn has<'a>(&self, requirement: impl IntoRequirement<'a>) -> bool {
        self.authorize(requirement).is_ok()
    }

    /// Whether the session has what is asked, and if not, what is missing.
    ///
    /// # Errors
    /// The [`Denial`] that a guard with this requirement would answer.
    pub fn authorize<'a>(&self, requirement: impl IntoRequirement<'a>) -> Result<(), Denial<'a>> {
        evaluate(&self.context(), requirement.into_requirement())
    }

    /// All claims of the session token, custom ones included.
    ///
    /// # Errors
    /// [`ClaimsError`] if they do not have the shape of `T`.
    pub fn session_claims<T: DeserializeOwned>(&self) -> Result<T, ClaimsError> {
        ClaimsError::read(self.claims().payload())
    }

    /// A token of the user: the session token of the request, or a new one, see [`GetToken`]. `None` for a session token
    /// without an id of its session.
    pub fn get_token(&self) -> GetToken {
        GetToken::new(self.token_source())
    }

    pub(super) fn token_source(&self) -> TokenSource {
        TokenSource::Session {
            id: self.session_id().cloned(),
            token: Arc::clone(self.token()),
            token_issuer: self.0.token_issuer.clone(),
        }
    }

    /// The session token.
    pub(crate) fn token(&self) -> &Arc<str> {
        &self.0.token
    }

    /// Returns the proof that the token was verified.
    pub(crate) fn verified(&self) -> &Verified<SessionClaims> {
        &self.0.verified
    }

    pub(crate) fn claims(&self) -> &SessionClaims {
        self.0.verified.claims()
    }

    /// How many bytes it takes, more or less, once everything is put together that can be asked for.
    pub(crate) fn weight(&self) -> usize {
        /// What stands before that which an [`Arc`] shares.
        const ARC_COUNTS: usize = 2 * size_of::<usize>();
        let session = &*self.0;
        let ids = [
            Some(session.user_id.as_str()),
            session.verified.claims().sid().as_str(),
            session.verified.claims().org_id(),
        ];
        let shared: usize = ids
            .into_iter()
            .flatten()
            .chain([&*session.token])
            .map(|text| ARC_COUNTS + text.len())
            .sum();
        let role = match session.verified.claims().org_role() {
            Some(OrgRole::WithoutPrefix(role)) => "org:".len() + role.len(),
            Some(OrgRole::Key(_)) | None => 0,
        };
        ARC_COUNTS + size_of::<Session>() + shared + role + session.verified.claims().weight()
    }

    pub(super) fn context(&self) -> AuthorizationContext<'_> {
        let session = &*self.0;
        let claims = session.verified.claims();
        AuthorizationContext {
            principal: Principal::Session,
            org_id: claims.org_id(),
            org_role: claims.org_role().map(|role| match role {
                OrgRole::Key(role) | OrgRole::WithoutPrefix(role) => role,
            }),
            org_permissions: Some(session),
            features: claims.features(),
            plans: claims.plans(),
            factor_verification_age: claims.factor_verification_age(),
            scopes: &[],
        }
    }
}

impl fmt::Debug for SessionAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionAuth")
            .field("user_id", self.user_id())
            .field("session_id", &self.session_id())
            .field("org_id", &self.org_id())
            .field("org_role", &self.org_role())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authorize::Requirement;
    use serde_json::{Value, json};

    fn session(claims: &Value) -> Option<SessionAuth> {
        #[cfg(feature = "network")]
        let token_issuer = {
            let client = clerk_client::Client::new("sk_test_1").unwrap();
            TemplateTokenIssuer::new(client, Arc::new(crate::clock::SystemClock), 0)
        };
        #[cfg(not(feature = "network"))]
        let token_issuer = TemplateTokenIssuer;
        SessionAuth::new(
            Verified::for_test(SessionClaims::from_payload(&claims.to_string()).unwrap()),
            "header.payload.signature",
            token_issuer,
        )
    }

    fn member() -> Value {
        json!({
            "sub": "user_1", "sid": "sess_1", "v": 2, "fea": "u:themes,o:invoices,ou:reports",
            "o": {"id": "org_1", "slg": "acme", "rol": "admin", "per": "read,edit", "fpm": "3,1"}
        })
    }

    #[test]
    fn what_is_put_together_late_is_what_was_put_together_early() {
        let (early, late) = (session(&member()).unwrap(), session(&member()).unwrap());
        let weight = early.weight();
        let expected = ["org:invoices:read", "org:invoices:edit", "org:reports:read"];
        assert_eq!(early.org_permissions().unwrap(), expected);
        for session in [&early, &late] {
            for permission in expected {
                assert!(session.has(Requirement::permission(permission)), "{permission}");
            }
            for permission in ["org:reports:edit", "org:themes:read", "org:invoices:rea", ""] {
                assert!(!session.has(Requirement::permission(permission)), "{permission}");
            }
            assert!(session.has(Requirement::role("org:admin")) && session.has(Requirement::role("admin")));
            assert!(!session.has(Requirement::role("member")));
            assert_eq!(session.org_role(), Some("org:admin"));
            assert_eq!(session.session_id().map(|id| &**id), Some("sess_1"));
            assert_eq!(session.org_id().map(|id| &**id), Some("org_1"));
            assert_eq!(session.clone().org_permissions().unwrap(), expected);
            // What caches were told of it stays true.
            assert_eq!(session.weight(), weight);
        }
    }

    #[test]
    fn nobody_is_asked_for_permissions_of_no_organization() {
        let nobody = session(&json!({"sub": "user_1", "v": 2, "fea": "billing"})).unwrap();
        assert_eq!((nobody.org_id(), nobody.org_permissions()), (None, None));
        let old = json!({"sub": "user_1", "org_permissions": ["org:a:read"], "org_role": "org:admin"});
        let old = session(&old).unwrap();
        assert_eq!(old.org_permissions().unwrap(), ["org:a:read"]);
        for requirement in [Requirement::permission("a:read"), Requirement::role("admin")] {
            assert!(!old.has(requirement), "{requirement}");
        }
    }

    #[test]
    fn claims_that_contradict_themselves_sign_nobody_in() {
        for (pointer, odd) in [
            ("/fea", json!("invoices")),
            ("/fea", json!(["o:invoices"])),
            ("/o/per", json!(["read"])),
            ("/o/fpm", json!(3)),
            ("/sub", json!(1)),
            ("/sub", Value::Null),
        ] {
            let mut claims = member();
            *claims.pointer_mut(pointer).unwrap() = odd;
            assert!(session(&claims).is_none(), "{claims}");
        }
    }

    #[test]
    fn everything_that_is_kept_is_weighed() {
        let weight = |claims: &Value| session(claims).unwrap().weight();
        let without = json!({"sub": "user_1"});
        let text = member().to_string().len() - without.to_string().len();
        // Three permissions, the ids of session and organization, and the role.
        let made = 3 * (size_of::<String>() + "org:reports:read".len()) + 2 * (16 + 5) + "org:admin".len();
        assert!(weight(&member()) >= weight(&without) + text + made);
    }
}

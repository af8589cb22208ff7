//! The resources of the Backend API, each a small module over the one way out.

mod api_keys;
mod clients;
mod idp_oauth_access_token;
mod jwks;
mod m2m;
mod organization_permissions;
mod organization_roles;
mod sessions;
mod users;

pub use api_keys::{ApiKey, ApiKeys};
pub use clients::{Clients, HandshakePayload};
pub use idp_oauth_access_token::{IdpOauthAccessToken, OauthAccessToken};
pub use jwks::{JsonWebKeySet, Jwks};
pub use m2m::{M2m, M2mToken};
pub use organization_permissions::{OrganizationPermission, OrganizationPermissions};
pub use organization_roles::{OrganizationRole, OrganizationRoles};
pub use sessions::{CreateToken, RefreshSession, SessionRefresh, Sessions, Token};
pub use users::{
    EmailAddress, ExternalAccount, LinkedIdentification, Passkey, PhoneNumber, User, Users, Verification,
    Web3Wallet,
};

//! What a user is known by.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::lenient::{integer, null_is_default};

/// An e-mail address of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmailAddress {
    /// `idn_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// The address.
    pub email_address: String,
    /// Whether it is held for the user without being verified.
    #[serde(default, deserialize_with = "null_is_default")]
    pub reserved: bool,
    /// Whether and how it was verified.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// What else proves that it is the user's.
    #[serde(default, deserialize_with = "null_is_default")]
    pub linked_to: Vec<LinkedIdentification>,
    /// When it was added.
    #[serde(default, deserialize_with = "integer")]
    pub created_at: Option<i64>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "integer")]
    pub updated_at: Option<i64>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A phone number of a user. `Debug` does not show the backup codes.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PhoneNumber {
    /// `idn_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// The number in E.164 form.
    pub phone_number: String,
    /// Whether it is used as a second factor.
    #[serde(default)]
    pub reserved_for_second_factor: Option<bool>,
    /// Whether it is the second factor that is asked for first.
    #[serde(default)]
    pub default_second_factor: Option<bool>,
    /// Whether it is held for the user without being verified.
    #[serde(default, deserialize_with = "null_is_default")]
    pub reserved: bool,
    /// Whether and how it was verified.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// What else proves that it is the user's.
    #[serde(default, deserialize_with = "null_is_default")]
    pub linked_to: Vec<LinkedIdentification>,
    /// Codes that stand in for the second factor. Secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_codes: Option<Vec<String>>,
    /// When it was added.
    #[serde(default, deserialize_with = "integer")]
    pub created_at: Option<i64>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "integer")]
    pub updated_at: Option<i64>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhoneNumber")
            .field("id", &self.id)
            .field("phone_number", &self.phone_number)
            .field("verification", &self.verification)
            .finish_non_exhaustive()
    }
}

/// A wallet of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Web3Wallet {
    /// `idn_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// The address of the wallet.
    #[serde(default, deserialize_with = "null_is_default")]
    pub web3_wallet: String,
    /// Whether and how it was verified.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// When it was added.
    #[serde(default, deserialize_with = "integer")]
    pub created_at: Option<i64>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "integer")]
    pub updated_at: Option<i64>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A passkey of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Passkey {
    /// `idn_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// What the user calls it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    /// When it was last used.
    #[serde(default, deserialize_with = "integer")]
    pub last_used_at: Option<i64>,
    /// Whether and how it was verified.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An account of a user at a social provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExternalAccount {
    /// `eac_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// Such as `oauth_google`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub provider: String,
    /// The `idn_…` that belongs to it.
    #[serde(default)]
    pub identification_id: Option<String>,
    /// The provider's own id of the user.
    #[serde(default)]
    pub provider_user_id: Option<String>,
    /// What the user allowed, separated by spaces.
    #[serde(default)]
    pub approved_scopes: Option<String>,
    /// The address the provider knows.
    #[serde(default)]
    pub email_address: Option<String>,
    /// The first name the provider knows.
    #[serde(default)]
    pub first_name: Option<String>,
    /// The last name the provider knows.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Where the provider's picture is.
    #[serde(default)]
    pub image_url: Option<String>,
    /// The user name at the provider.
    #[serde(default)]
    pub username: Option<String>,
    /// The phone number the provider knows.
    #[serde(default)]
    pub phone_number: Option<String>,
    /// Readable by the frontend.
    #[serde(default, deserialize_with = "null_is_default")]
    pub public_metadata: Map<String, Value>,
    /// A name that tells it from others.
    #[serde(default)]
    pub label: Option<String>,
    /// Whether and how it was verified.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// When it was added.
    #[serde(default, deserialize_with = "integer")]
    pub created_at: Option<i64>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "integer")]
    pub updated_at: Option<i64>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A verification, of whatever kind: what a kind does not have is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// Such as `verified`, `unverified`, `expired`.
    #[serde(default)]
    pub status: Option<String>,
    /// Such as `email_code`, `oauth_google`.
    #[serde(default)]
    pub strategy: Option<String>,
    /// How often it was tried.
    #[serde(default, deserialize_with = "integer")]
    pub attempts: Option<i64>,
    /// When it ends.
    #[serde(default, deserialize_with = "integer")]
    pub expire_at: Option<i64>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Another identification that proves this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LinkedIdentification {
    /// Such as `oauth_google`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub r#type: String,
    /// `idn_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

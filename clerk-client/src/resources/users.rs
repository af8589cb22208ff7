use http::Method;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::client::decode;
use crate::path::Path;
use crate::{Client, Error};

/// Users, by [`Client::users`].
#[derive(Debug, Clone, Copy)]
pub struct Users<'a>(&'a Client);

impl<'a> Users<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `GET /users/{user_id}`: a user with everything that Clerk knows of them.
    ///
    /// # Errors
    /// Code `resource_not_found` if there is no such user.
    pub async fn get_user(&self, user_id: &str) -> Result<User, Error> {
        let path = Path::new("users").then_argument("user_id", user_id)?;
        decode(&self.0.send(Method::GET, path, None, None).await?)
    }
}

/// A user. Times are milliseconds since 1970; what is missing or null is `None` or empty; what has no field here is
/// in [`other`](Self::other).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// `user_…`
    pub id: String,
    /// The user name, where the instance has them.
    #[serde(default)]
    pub username: Option<String>,
    /// The first name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Where the picture is.
    #[serde(default)]
    pub image_url: Option<String>,
    /// The id that the application gave the user.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Which of the e-mail addresses is the primary one.
    #[serde(default)]
    pub primary_email_address_id: Option<String>,
    /// Which of the phone numbers is the primary one.
    #[serde(default)]
    pub primary_phone_number_id: Option<String>,
    /// All e-mail addresses.
    #[serde(default, deserialize_with = "null_is_default")]
    pub email_addresses: Vec<EmailAddress>,
    /// All phone numbers.
    #[serde(default, deserialize_with = "null_is_default")]
    pub phone_numbers: Vec<PhoneNumber>,
    /// Whether the user has a password.
    #[serde(default, deserialize_with = "null_is_default")]
    pub password_enabled: bool,
    /// Whether a second factor is set up.
    #[serde(default, deserialize_with = "null_is_default")]
    pub two_factor_enabled: bool,
    /// Whether the user is banned.
    #[serde(default, deserialize_with = "null_is_default")]
    pub banned: bool,
    /// Whether the user is locked out.
    #[serde(default, deserialize_with = "null_is_default")]
    pub locked: bool,
    /// Readable by the frontend.
    #[serde(default, deserialize_with = "null_is_default")]
    pub public_metadata: Map<String, Value>,
    /// For the backend only.
    #[serde(default, deserialize_with = "null_is_default")]
    pub private_metadata: Map<String, Value>,
    /// Readable and writable by the frontend.
    #[serde(default, deserialize_with = "null_is_default")]
    pub unsafe_metadata: Map<String, Value>,
    /// The last sign-in.
    #[serde(default, deserialize_with = "millis")]
    pub last_sign_in_at: Option<i64>,
    /// The last activity.
    #[serde(default, deserialize_with = "millis")]
    pub last_active_at: Option<i64>,
    /// When the user was made.
    #[serde(default, deserialize_with = "millis")]
    pub created_at: Option<i64>,
    /// When the user was last changed.
    #[serde(default, deserialize_with = "millis")]
    pub updated_at: Option<i64>,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl User {
    /// The primary e-mail address.
    pub fn primary_email_address(&self) -> Option<&EmailAddress> {
        let id = self.primary_email_address_id.as_deref()?;
        self.email_addresses.iter().find(|address| address.id == id)
    }
}

/// An e-mail address of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmailAddress {
    /// `idn_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// The address.
    pub email_address: String,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A phone number of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PhoneNumber {
    /// `idn_…`
    #[serde(default, deserialize_with = "null_is_default")]
    pub id: String,
    /// The number in E.164 form.
    pub phone_number: String,
    /// Everything else that Clerk sent.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

fn null_is_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Milliseconds, which Clerk declares now as an integer and now as a number.
fn millis<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let number: Option<serde_json::Number> = Option::deserialize(deserializer)?;
    Ok(number.and_then(|number| {
        number
            .as_i64()
            .or_else(|| number.as_f64().map(|float| float as i64))
    }))
}

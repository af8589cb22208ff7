mod identification;
mod user;

use http::Method;

use crate::client::decode;
use crate::path::Path;
use crate::{Client, Error};

pub use identification::{
    EmailAddress, ExternalAccount, LinkedIdentification, Passkey, PhoneNumber, Verification, Web3Wallet,
};
pub use user::User;

/// Users, by [`Client::users`].
#[derive(Debug, Clone, Copy)]
pub struct Users<'a>(&'a Client);

impl<'a> Users<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self(client)
    }

    /// `GET /users/{user_id}`: a user with everything that Clerk knows of them
    /// (Clerk docs: [`getUser()`](https://clerk.com/docs/references/backend/user/get-user)).
    ///
    /// # Errors
    /// Code `resource_not_found` if there is no such user, `argument_invalid` for what cannot be an id; see [`Error`] for
    /// what can go wrong with any call.
    pub async fn get_user(&self, user_id: &str) -> Result<User, Error> {
        let path = Path::new("users").then_argument("user_id", user_id)?;
        decode(&self.0.send(Method::GET, path, None, None).await?)
    }
}

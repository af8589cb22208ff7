//! A user, as the directory keeps it.

use serde_json::{Value, json};

/// How long a user stays locked, in milliseconds.
pub(super) const LOCKOUT: i64 = 60 * 60 * 1000;

/// A user, with what the Backend API does not show.
pub(crate) struct UserRecord {
    pub(super) made: u64,
    /// A digest, since nothing needs more.
    pub(crate) password: Option<String>,
    /// When a lock ends, in milliseconds of Unix time.
    pub(super) locked_until: Option<i64>,
    /// An object.
    pub(crate) object: Value,
}

impl UserRecord {
    /// The user as the Backend API shows it at this time.
    pub(super) fn shown(&self, now: i64) -> Value {
        let mut shown = self.object.clone();
        if let Some(until) = self.locked_until {
            let left = until.saturating_sub(now);
            shown["locked"] = json!(left > 0);
            shown["lockout_expires_in_seconds"] = json!((left > 0).then(|| left.saturating_add(999) / 1000));
        }
        shown
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.object.get(name)?.as_str()
    }

    pub(crate) fn id(&self) -> &str {
        self.text("id").unwrap_or_default()
    }

    pub(crate) fn lock(&mut self, now: i64) {
        self.locked_until = Some(now.saturating_add(LOCKOUT));
    }

    pub(crate) fn unlock(&mut self) {
        self.locked_until = None;
        self.object["locked"] = json!(false);
        self.object["lockout_expires_in_seconds"] = Value::Null;
    }

    /// All texts of one kind of identification, such as the `email_address` of all `email_addresses`.
    pub(crate) fn identifications<'a>(&'a self, list: &str, name: &'a str) -> impl Iterator<Item = &'a str> {
        let all = self.object.get(list).and_then(Value::as_array);
        all.into_iter()
            .flatten()
            .filter_map(move |item| item[name].as_str())
    }

    /// What pages call the user, and what signs in as the user.
    pub(crate) fn identifier(&self) -> &str {
        let primary = || self.primary_email_address();
        let phone = || self.identifications("phone_numbers", "phone_number").next();
        self.text("username")
            .or_else(primary)
            .or_else(phone)
            .unwrap_or_else(|| self.id())
    }

    /// The primary e-mail address, or the first for want of one.
    pub(crate) fn primary_email_address(&self) -> Option<&str> {
        let all = self.object.get("email_addresses")?.as_array()?;
        let primary = all
            .iter()
            .find(|address| address["id"] == self.object["primary_email_address_id"]);
        primary.or_else(|| all.first())?["email_address"].as_str()
    }

    /// What members of an organization are told of the user.
    pub(super) fn public_data(&self) -> Value {
        json!({
            "user_id": self.id(),
            "first_name": self.text("first_name"),
            "last_name": self.text("last_name"),
            "profile_image_url": null,
            "image_url": self.text("image_url").unwrap_or_default(),
            "has_image": self.object["has_image"] == json!(true),
            "identifier": self.primary_email_address().unwrap_or_else(|| self.identifier()),
            "username": self.text("username"),
            "banned": self.object["banned"] == json!(true),
        })
    }
}

/// `GET /v1/users/{id}` of somebody of whom nothing is known.
pub(crate) fn new_user(id: &str, now_millis: i64) -> Value {
    let mut user = json!({
        "object": "user",
        "id": id,
        "username": null,
        "first_name": null,
        "last_name": null,
        "locale": null,
        "image_url": "https://img.clerk.com/local",
        "has_image": false,
        "external_id": null,
        "primary_email_address_id": null,
        "primary_phone_number_id": null,
        "primary_web3_wallet_id": null,
        "password_enabled": false,
        "two_factor_enabled": false,
        "totp_enabled": false,
        "backup_code_enabled": false,
        "email_addresses": [],
        "phone_numbers": [],
        "web3_wallets": [],
        "passkeys": [],
        "external_accounts": [],
        "saml_accounts": [],
        "enterprise_accounts": [],
        "public_metadata": {},
        "private_metadata": {},
        "unsafe_metadata": {},
        "banned": false,
        "locked": false,
        "lockout_expires_in_seconds": null,
        "verification_attempts_remaining": 100,
        "mfa_enabled_at": null,
        "mfa_disabled_at": null,
        "password_last_updated_at": null,
        "last_sign_in_at": null,
        "last_active_at": null,
        "legal_accepted_at": null,
        "delete_self_enabled": true,
        "create_organization_enabled": true,
        "create_organizations_limit": null,
        "created_at": now_millis,
        "updated_at": now_millis,
    });
    // One macro takes no more members.
    for name in ["bypass_client_trust", "deprovisioned"] {
        user[name] = json!(false);
    }
    user
}

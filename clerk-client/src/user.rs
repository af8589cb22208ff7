use crate::resources::{EmailAddress, PhoneNumber, User, Web3Wallet};

impl User {
    /// The primary e-mail address.
    pub fn primary_email_address(&self) -> Option<&EmailAddress> {
        let id = self.primary_email_address_id.as_deref()?;
        self.email_addresses.iter().find(|address| address.id == id)
    }

    /// The primary phone number.
    pub fn primary_phone_number(&self) -> Option<&PhoneNumber> {
        let id = self.primary_phone_number_id.as_deref()?;
        self.phone_numbers.iter().find(|number| number.id == id)
    }

    /// The primary wallet.
    pub fn primary_web3_wallet(&self) -> Option<&Web3Wallet> {
        let id = self.primary_web3_wallet_id.as_deref()?;
        self.web3_wallets.iter().find(|wallet| wallet.id == id)
    }

    /// First and last name, as far as there are any.
    pub fn full_name(&self) -> Option<String> {
        let names = [&self.first_name, &self.last_name];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }
}
#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resources::VerificationStatus;
    use serde_json::{Map, Value};

    fn sample() -> Map<String, Value> {
        serde_json::from_str(SAMPLE).unwrap()
    }

    fn read(members: Map<String, Value>) -> Result<User, serde_json::Error> {
        serde_json::from_value(Value::Object(members))
    }

    #[test]
    fn every_member_is_read() {
        let user = read(sample()).unwrap();
        let primary = user.primary_email_address().unwrap();
        assert_eq!(primary.email_address, "grace@example.com");
        let verification = primary.verification.as_ref().unwrap();
        assert_eq!(verification.status, VerificationStatus::Verified);
        assert_eq!(verification.expire_at, Some(1_767_225_900_000));
        assert_eq!(primary.linked_to[0].r#type, "oauth_google");
        assert_eq!(user.phone_numbers[0].default_second_factor, Some(true));
        assert_eq!(user.web3_wallets[0].web3_wallet, "0xabc");
        assert_eq!(user.passkeys[0].last_used_at, Some(3));
        assert_eq!(user.external_accounts[0].provider, "oauth_google");
        assert_eq!(user.public_metadata["plan"], "pro");
        assert_eq!(
            (user.last_active_at, user.create_organizations_limit),
            (Some(7), Some(9))
        );
        assert_eq!(user.enterprise_accounts[0].id, "ent_1");
        let other: Vec<_> = user.other.keys().map(String::as_str).collect();
        assert_eq!(other, ["from_the_future", "object"]);
    }

    #[test]
    fn only_the_id_has_to_be_there() {
        for name in sample().keys().filter(|name| *name != "id") {
            let mut members = sample();
            members.insert(name.clone(), Value::Null);
            assert!(read(members.clone()).is_ok(), "{name} is null");
            members.remove(name);
            assert!(read(members).is_ok(), "{name} is missing");
        }
        assert!(serde_json::from_value::<User>(json!({"id": "user_1"})).is_ok());
        assert!(serde_json::from_value::<User>(json!({"object": "user"})).is_err());
    }

    #[test]
    fn nothing_is_lost_on_the_way_through() {
        let user = read(sample()).unwrap();
        let written = serde_json::to_value(&user).unwrap();
        for (name, value) in sample() {
            if !value.is_array() && !value.is_f64() {
                assert_eq!(written[&name], value, "{name}");
            }
        }
        assert_eq!(written["phone_numbers"][0]["backup_codes"], json!(["planted"]));
        assert_eq!(serde_json::from_value::<User>(written).unwrap(), user);
    }

    #[test]
    fn backup_codes_are_not_shown() {
        let shown = format!("{:?}", read(sample()).unwrap());
        assert!(
            shown.contains("+15555550100") && !shown.contains("planted"),
            "{shown}"
        );
    }

    const SAMPLE: &str = r#"{
        "object": "user", "id": "user_1", "username": "grace", "first_name": "Grace", "last_name": "Hopper",
        "locale": "en-US", "image_url": "https://img.clerk.com/a", "has_image": true, "external_id": "crm-7",
        "primary_email_address_id": "idn_1", "primary_phone_number_id": "idn_2", "primary_web3_wallet_id": "idn_3",
        "password_enabled": true, "two_factor_enabled": true, "totp_enabled": true, "backup_code_enabled": true,
        "email_addresses": [
            {"object": "email_address", "id": "idn_0", "email_address": "old@example.com", "verification": null},
            {
                "object": "email_address", "id": "idn_1", "email_address": "grace@example.com", "reserved": true,
                "verification": {"status": "verified", "strategy": "email_code", "attempts": 1, "expire_at": 1767225900000},
                "linked_to": [{"type": "oauth_google", "id": "idn_4"}],
                "created_at": 1, "updated_at": 2
            }
        ],
        "phone_numbers": [{
            "object": "phone_number", "id": "idn_2", "phone_number": "+15555550100", "default_second_factor": true,
            "reserved_for_second_factor": true, "reserved": true,
            "verification": {"status": "verified", "strategy": "email_code", "attempts": 1, "expire_at": 1767225900000},
            "linked_to": null, "backup_codes": ["planted"], "created_at": 1, "updated_at": 2
        }],
        "web3_wallets": [{
            "object": "web3_wallet", "id": "idn_3", "web3_wallet": "0xabc", "verification": null,
            "created_at": 1, "updated_at": 2
        }],
        "passkeys": [{"object": "passkey", "id": "idn_5", "name": "laptop", "last_used_at": 3, "verification": null}],
        "external_accounts": [{
            "object": "external_account", "id": "eac_1", "provider": "oauth_google", "identification_id": "idn_4",
            "provider_user_id": "1", "approved_scopes": "email", "email_address": "grace@example.com",
            "first_name": "Grace", "last_name": "Hopper", "image_url": null, "username": null, "phone_number": null,
            "public_metadata": {}, "label": null,
            "verification": {"status": "verified", "strategy": "email_code", "attempts": 1, "expire_at": 1767225900000},
            "created_at": 1, "updated_at": 2
        }],
        "saml_accounts": [], "enterprise_accounts": [{"id": "ent_1"}],
        "public_metadata": {"plan": "pro"}, "private_metadata": {"stripe": "cus_1"}, "unsafe_metadata": {"theme": "dark"},
        "banned": true, "locked": true, "lockout_expires_in_seconds": 60, "verification_attempts_remaining": 4,
        "mfa_enabled_at": 4, "mfa_disabled_at": 5, "last_sign_in_at": 6, "last_active_at": 7.0, "legal_accepted_at": 8,
        "delete_self_enabled": true, "create_organization_enabled": true, "create_organizations_limit": 9,
        "created_at": 1767225600000, "updated_at": 1767312000000, "from_the_future": [1]
    }"#;
}

//! Making and changing users.

use serde_json::{Value, json};

use super::body::{Body, email_address, exists, value_invalid};
use super::call::{Call, Outcome, found};
use crate::directory::{self, Confidence, Directory, UserRecord, new_user, phone_number, web3_wallet};
use crate::server::answer::ApiError;
use crate::state::Shared;

const CREATE: [&str; 30] = [
    "external_id",
    "first_name",
    "last_name",
    "locale",
    "email_address",
    "email_address_identification_status",
    "phone_number",
    "phone_number_identification_status",
    "web3_wallet",
    "username",
    "password",
    "password_digest",
    "password_hasher",
    "skip_password_checks",
    "skip_password_requirement",
    "totp_secret",
    "backup_codes",
    "public_metadata",
    "private_metadata",
    "unsafe_metadata",
    "delete_self_enabled",
    "legal_accepted_at",
    "skip_legal_checks",
    "skip_user_requirement",
    "create_organization_enabled",
    "create_organizations_limit",
    "created_at",
    "bypass_client_trust",
    "banned",
    "locked",
];
const UPDATE: [&str; 24] = [
    "external_id",
    "first_name",
    "last_name",
    "locale",
    "primary_email_address_id",
    "notify_primary_email_address_changed",
    "primary_phone_number_id",
    "primary_web3_wallet_id",
    "username",
    "profile_image_id",
    "password",
    "password_digest",
    "password_hasher",
    "skip_password_checks",
    "sign_out_of_other_sessions",
    "totp_secret",
    "backup_codes",
    "delete_self_enabled",
    "create_organization_enabled",
    "legal_accepted_at",
    "skip_legal_checks",
    "create_organizations_limit",
    "created_at",
    "bypass_client_trust",
];
const SHORTEST_PASSWORD: usize = 8;
const LONGEST_PASSWORD: usize = 72;
const LONGEST_TEXT: usize = 256;

/// `POST /users`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&CREATE)?;
    let mut directory = shared.directory();
    let now = shared.now();
    let mut user = new_user(&shared.ids.fresh("user_"), now);
    identifications(shared, &body, &directory, &mut user)?;
    let password = common(shared, &body, &directory, &mut user)?;
    for name in ["public_metadata", "private_metadata", "unsafe_metadata"] {
        user[name] = body.metadata(name)?;
    }
    for name in ["banned", "locked"] {
        user[name] = json!(body.flag(name)?.unwrap_or(false));
    }
    let is_found_by = |name: &str| user[name].as_array().is_some_and(|list| !list.is_empty());
    let has_identification = ["email_addresses", "phone_numbers", "web3_wallets"]
        .into_iter()
        .any(is_found_by);
    if !has_identification && user["username"].is_null() && body.flag("skip_user_requirement")? != Some(true)
    {
        let message = "a user needs an email_address, a phone_number, a web3_wallet or a username";
        return Err(ApiError::new(
            http::StatusCode::UNPROCESSABLE_ENTITY,
            "form_data_missing",
            message,
        ));
    }
    Ok(directory.add_user(user, password.unwrap_or_default()).into())
}

/// `PATCH /users/{id}`
pub(super) fn update(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&UPDATE)?;
    let id = call.id(0);
    let mut directory = shared.directory();
    let Some(mut user) = directory.user_by_id(id).map(|user| user.object.clone()) else {
        return Err(ApiError::not_found("user"));
    };
    for (name, list) in [
        ("primary_email_address_id", "email_addresses"),
        ("primary_phone_number_id", "phone_numbers"),
        ("primary_web3_wallet_id", "web3_wallets"),
    ] {
        if let Some(chosen) = body.text(name)? {
            let mut own = user[list].as_array().into_iter().flatten();
            if !own.any(|item| item["id"] == chosen && item["verification"]["status"] == "verified") {
                return Err(value_invalid(
                    name,
                    &format!("the id of one of the user's verified {list}"),
                ));
            }
            user[name] = json!(chosen);
        }
    }
    let password = common(shared, &body, &directory, &mut user)?;
    if body.flag("sign_out_of_other_sessions")? == Some(true) {
        directory.revoke_sessions_of(id);
    }
    let changed = directory.change_user(id, |record| {
        user["updated_at"] = record.object["updated_at"].take();
        record.object = user;
        if let Some(password) = password {
            record.password = password;
        }
    });
    found("user", changed)
}

/// What creating and changing have in common. Returns the digest of a new password, if there is one to be kept.
fn common(
    shared: &Shared,
    body: &Body,
    directory: &Directory,
    user: &mut Value,
) -> Result<Option<Option<String>>, ApiError> {
    let id = user["id"].as_str().unwrap_or_default().to_owned();
    for name in ["first_name", "last_name", "locale", "external_id", "username"] {
        let Some(text) = body.nullable_text(name)? else {
            continue;
        };
        if text.is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
            return Err(value_invalid(
                name,
                &format!("a string of up to {LONGEST_TEXT} letters"),
            ));
        }
        if let ("external_id" | "username", Some(text)) = (name, text) {
            if name == "username" && !is_username(text) {
                let message =
                    "username may have letters, digits, hyphens and underscores, 64 of them at most";
                return Err(ApiError::param("form_param_format_invalid", message, name));
            }
            if is_taken(directory, &id, |other| other.text(name) == Some(text)) {
                return Err(exists(name));
            }
        }
        user[name] = json!(text);
    }
    for name in [
        "delete_self_enabled",
        "create_organization_enabled",
        "bypass_client_trust",
    ] {
        if let Some(flag) = body.flag(name)? {
            user[name] = json!(flag);
        }
    }
    if body.given("create_organizations_limit").is_some() {
        user["create_organizations_limit"] = json!(body.integer("create_organizations_limit", 0..=i64::MAX)?);
    }
    for name in ["legal_accepted_at", "created_at"] {
        if let Some(time) = body.time(name)? {
            user[name] = json!(time);
        }
    }
    for name in [
        "skip_password_checks",
        "skip_password_requirement",
        "skip_legal_checks",
    ] {
        body.flag(name)?;
    }
    if body.text("totp_secret")?.is_some() {
        user["totp_enabled"] = json!(true);
    }
    if let Some(codes) = body.texts("backup_codes")? {
        user["backup_code_enabled"] = json!(!codes.is_empty());
    }
    let has_second_factor = user["totp_enabled"] == json!(true);
    if has_second_factor && user["two_factor_enabled"] != json!(true) {
        user["mfa_enabled_at"] = json!(shared.now());
    }
    user["two_factor_enabled"] = json!(has_second_factor);
    password(shared, body, user)
}

fn password(shared: &Shared, body: &Body, user: &mut Value) -> Result<Option<Option<String>>, ApiError> {
    let digest = match (body.text("password")?, body.text("password_digest")?) {
        (Some(_), Some(_)) => {
            let message = "password and password_digest exclude each other";
            return Err(ApiError::param(
                "form_param_value_invalid",
                message,
                "password_digest",
            ));
        }
        (Some(password), None) => {
            let length = password.chars().count();
            if length < SHORTEST_PASSWORD && body.flag("skip_password_checks")? != Some(true) {
                let message = format!("passwords must be {SHORTEST_PASSWORD} characters or more");
                return Err(ApiError::param(
                    "form_password_length_too_short",
                    message,
                    "password",
                ));
            }
            if password.is_empty() || length > LONGEST_PASSWORD {
                let message = format!("passwords must be 1 to {LONGEST_PASSWORD} characters");
                return Err(ApiError::param("form_param_value_invalid", message, "password"));
            }
            Some(shared.password_digest(password))
        }
        (None, Some(_)) => {
            body.required("password_hasher")?;
            None
        }
        (None, None) => return Ok(None),
    };
    user["password_enabled"] = json!(true);
    user["password_last_updated_at"] = json!(shared.now());
    Ok(Some(digest))
}

/// Reads the identifications of a new user, of which the first ones are primary.
fn identifications(
    shared: &Shared,
    body: &Body,
    directory: &Directory,
    user: &mut Value,
) -> Result<(), ApiError> {
    let now = shared.now();
    let mut addresses = Vec::new();
    for (index, text) in body
        .texts("email_address")?
        .unwrap_or_default()
        .into_iter()
        .enumerate()
    {
        let address = email_address(text, "email_address")?;
        let confidence = confidence(body, "email_address_identification_status", index)?;
        let is_same = |own: &str| own == address;
        let is_here = addresses
            .iter()
            .any(|own: &Value| own["email_address"] == *address);
        let is_of = |other: &UserRecord| {
            other
                .identifications("email_addresses", "email_address")
                .any(is_same)
        };
        if is_here || is_taken(directory, "", is_of) {
            return Err(exists("email_address"));
        }
        addresses.push(directory::email_address(
            &shared.ids.fresh("idn_"),
            &address,
            confidence,
            now,
        ));
    }
    let mut numbers = Vec::new();
    for (index, number) in body
        .texts("phone_number")?
        .unwrap_or_default()
        .into_iter()
        .enumerate()
    {
        if !is_phone_number(number) {
            let message =
                "phone_number must be a valid phone number according to E.164, such as +15555550100";
            return Err(ApiError::param(
                "form_param_format_invalid",
                message,
                "phone_number",
            ));
        }
        let confidence = confidence(body, "phone_number_identification_status", index)?;
        let is_same = |own: &str| own == number;
        let is_here = numbers.iter().any(|own: &Value| own["phone_number"] == number);
        let is_of = |other: &UserRecord| {
            other
                .identifications("phone_numbers", "phone_number")
                .any(is_same)
        };
        if is_here || is_taken(directory, "", is_of) {
            return Err(exists("phone_number"));
        }
        numbers.push(phone_number(&shared.ids.fresh("idn_"), number, confidence, now));
    }
    let mut wallets = Vec::new();
    for wallet in body.texts("web3_wallet")?.unwrap_or_default() {
        let is_same = |own: &str| own == wallet;
        let is_here = wallets.iter().any(|own: &Value| own["web3_wallet"] == wallet);
        let is_of = |other: &UserRecord| other.identifications("web3_wallets", "web3_wallet").any(is_same);
        if is_here || is_taken(directory, "", is_of) {
            return Err(exists("web3_wallet"));
        }
        wallets.push(web3_wallet(&shared.ids.fresh("idn_"), wallet, now));
    }
    for (list, primary, items) in [
        ("email_addresses", "primary_email_address_id", addresses),
        ("phone_numbers", "primary_phone_number_id", numbers),
        ("web3_wallets", "primary_web3_wallet_id", wallets),
    ] {
        user[primary] = items.first().map_or(Value::Null, |item| item["id"].clone());
        user[list] = Value::Array(items);
    }
    Ok(())
}

/// The status at the same place of the list as the identification.
fn confidence(body: &Body, name: &str, index: usize) -> Result<Confidence, ApiError> {
    let all = body.texts(name)?.unwrap_or_default();
    match all.get(index).copied() {
        None | Some("verified") => Ok(Confidence::ByAdmin),
        Some("reserved") => Ok(Confidence::Reserved),
        Some(_) => Err(value_invalid(name, "a list of verified or reserved")),
    }
}

fn is_taken(directory: &Directory, own_id: &str, is_same: impl Fn(&UserRecord) -> bool) -> bool {
    let mut others = directory.users().into_iter().filter(|user| user.id() != own_id);
    others.any(is_same)
}

fn is_username(text: &str) -> bool {
    text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// E.164: a plus and 7 to 15 digits.
fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

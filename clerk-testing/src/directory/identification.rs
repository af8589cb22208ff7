//! What people are found by: e-mail addresses, phone numbers and wallets, as the Backend API shows them.

use serde_json::{Value, json};

/// How sure it is whose an identification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confidence {
    /// The owner entered a code.
    ByCode,
    /// The application says so.
    ByAdmin,
    /// Nobody has verified it, but nobody else can claim it.
    Reserved,
}

pub(crate) fn email_address(id: &str, address: &str, confidence: Confidence, now: i64) -> Value {
    json!({
        "object": "email_address",
        "id": id,
        "email_address": address,
        "reserved": confidence == Confidence::Reserved,
        "verification": verification(confidence, "email_code", now),
        "linked_to": [],
        "matches_sso_connection": false,
        "created_at": now,
        "updated_at": now,
    })
}

pub(crate) fn phone_number(id: &str, number: &str, confidence: Confidence, now: i64) -> Value {
    json!({
        "object": "phone_number",
        "id": id,
        "phone_number": number,
        "reserved_for_second_factor": false,
        "default_second_factor": false,
        "reserved": confidence == Confidence::Reserved,
        "verification": verification(confidence, "phone_code", now),
        "linked_to": [],
        "backup_codes": null,
        "created_at": now,
        "updated_at": now,
    })
}

pub(crate) fn web3_wallet(id: &str, address: &str, now: i64) -> Value {
    json!({
        "object": "web3_wallet",
        "id": id,
        "web3_wallet": address,
        "verification": verification(Confidence::ByAdmin, "", now),
        "created_at": now,
        "updated_at": now,
    })
}

fn verification(confidence: Confidence, code: &str, now: i64) -> Value {
    match confidence {
        Confidence::ByCode => json!({
            "object": "verification_otp",
            "status": "verified",
            "strategy": code,
            "attempts": 1,
            "expire_at": now.saturating_add(600_000),
        }),
        Confidence::ByAdmin => json!({
            "object": "verification_admin",
            "status": "verified",
            "strategy": "admin",
            "attempts": null,
            "expire_at": null,
        }),
        Confidence::Reserved => Value::Null,
    }
}

//! Invitations to the instance.

use super::body::{Body, email_address, exists, value_invalid};
use super::call::{Answer, Call, Outcome, found};
use super::list::{Order, envelope_if_paginated, is_found, member};
use super::statuses::{OF_INVITATIONS, Statuses};
use crate::directory::{Directory, Wish};
use crate::server::answer::ApiError;
use crate::state::Shared;

const MEMBERS: [&str; 7] = [
    "email_address",
    "public_metadata",
    "redirect_url",
    "notify",
    "ignore_existing",
    "expires_in_days",
    "template_slug",
];
/// How many a call may create.
pub(super) const MOST_AT_ONCE: usize = 10;
/// How long an invitation is good unless somebody says otherwise.
pub(super) const DAYS: i64 = 30;

/// `GET /invitations`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let order = Order::of(&call.query, &["created_at", "email_address", "expires_at"])?;
    let statuses = Statuses::of(&call.query, OF_INVITATIONS)?;
    let mut all = shared
        .directory()
        .shown_invitations(|invitation| invitation.to.is_none());
    all.retain(|invitation| {
        is_found(invitation, &call.query, &["email_address"]) && statuses.include(invitation)
    });
    order.apply(&mut all, member);
    envelope_if_paginated(all, &call.query)
}

/// `POST /invitations`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&MEMBERS)?;
    let mut directory = shared.directory();
    let wish = wish(shared, &directory, &body)?;
    Ok(directory.invite(wish).into())
}

/// `POST /invitations/bulk`: all of them or, if one cannot be, none.
pub(super) fn create_bulk(shared: &Shared, call: &Call) -> Outcome {
    let bodies = call.bodies(&MEMBERS, MOST_AT_ONCE)?;
    let mut directory = shared.directory();
    let wishes: Result<Vec<_>, _> = bodies.iter().map(|body| wish(shared, &directory, body)).collect();
    let wishes = wishes?;
    unlike(wishes.iter().map(|wish| wish.email_address.as_str()))?;
    let made = wishes.into_iter().map(|wish| directory.invite(wish)).collect();
    Ok(Answer::from(serde_json::Value::Array(made)))
}

/// No address may be in a list twice.
pub(super) fn unlike<'a>(addresses: impl Iterator<Item = &'a str>) -> Result<(), ApiError> {
    let mut seen = std::collections::HashSet::new();
    for address in addresses {
        if !seen.insert(address) {
            return Err(ApiError::bad_request(
                "duplicate_record",
                "the same address is in the list more than once",
            ));
        }
    }
    Ok(())
}

fn wish(shared: &Shared, directory: &Directory, body: &Body) -> Result<Wish, ApiError> {
    let address = email_address(body.required("email_address")?, "email_address")?;
    body.flag("notify")?;
    if let Some(slug) = body.text("template_slug")?
        && !matches!(slug, "invitation" | "waitlist_invitation")
    {
        return Err(value_invalid(
            "template_slug",
            "one of invitation, waitlist_invitation",
        ));
    }
    if body.flag("ignore_existing")? != Some(true) {
        let is_user = directory.users().into_iter().any(|user| {
            user.identifications("email_addresses", "email_address")
                .any(|own| own == address)
        });
        if is_user {
            return Err(exists("email_address"));
        }
        let now = shared.now();
        let pending = directory.shown_invitations(|invitation| {
            invitation.to.is_none() && invitation.email_address == address && invitation.is_pending(now)
        });
        if !pending.is_empty() {
            return Err(ApiError::bad_request(
                "duplicate_record",
                "there is a pending invitation for this address",
            ));
        }
    }
    Ok(Wish {
        url: url(shared, body)?,
        email_address: address,
        public_metadata: body.metadata("public_metadata")?,
        private_metadata: serde_json::json!({}),
        days: body.integer("expires_in_days", 1..=365)?.unwrap_or(DAYS),
        to: None,
    })
}

/// Where the invited would sign up.
pub(super) fn url(shared: &Shared, body: &Body) -> Result<String, ApiError> {
    let sign_up = format!("{}/sign-up", shared.frontend_url());
    Ok(match body.text("redirect_url")? {
        Some(url) => format!("{sign_up}?redirect_url={}", crate::params::encoded(url)),
        None => sign_up,
    })
}

/// `POST /invitations/{id}/revoke`
pub(super) fn revoke(shared: &Shared, call: &Call) -> Outcome {
    let mut directory = shared.directory();
    if directory
        .invitation(call.id(0))
        .is_none_or(|invitation| invitation.to.is_some())
    {
        return Err(ApiError::not_found("invitation"));
    }
    pending(&directory, call.id(0))?;
    found("invitation", directory.revoke_invitation(call.id(0)))
}

/// Only pending invitations can be revoked.
pub(super) fn pending(directory: &Directory, id: &str) -> Result<(), ApiError> {
    if directory.is_pending(id) {
        Ok(())
    } else {
        Err(ApiError::bad_request(
            "bad_request",
            "the invitation is not pending, so that it cannot be revoked",
        ))
    }
}

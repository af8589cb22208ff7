//! The documentation of what is generated, from names, types, units and risks.

use crate::names::{snake, spoken};
use crate::rules;
use crate::table::{Member, Operation, Type};

/// What a member is.
pub(crate) fn member(member: &Member) -> String {
    let name = snake(&member.name);
    let mut text = known(&name).map_or_else(|| told_by_name(&name, &member.of), str::to_owned);
    match (member.minimum, member.maximum) {
        (Some(least), Some(most)) => text += &format!(" Clerk takes {least} to {most}."),
        (Some(least), None) if least > 0 => text += &format!(" At least {least}."),
        _ => {}
    }
    text
}

fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "id" => "The id.",
        "object" => "Which kind of object this is.",
        "public_metadata" => "Metadata that the frontend can read and only the backend can write.",
        "private_metadata" => "Metadata for the backend only.",
        "unsafe_metadata" => "Metadata that the frontend can read and write.",
        "external_id" => "The id that the application has for it.",
        "limit" => "How many items the page has at most.",
        "offset" => "How many items come before the page.",
        "order_by" => "A field to sort by; a `-` before it turns the order around, a `+` does nothing.",
        "query" => "What to search for.",
        "starting_after" => "The id of the item before the page; goes with the order of creation only.",
        "user_id" => "The id of the user, `user_…`.",
        "organization_id" => "The id of the organization, `org_…`.",
        "image_url" => "Where the picture is.",
        "has_image" => "Whether there is a picture of its own.",
        "locale" => "The language, such as `en-GB`.",
        "amount" => "In the smallest unit of the currency, such as cents.",
        "amount_formatted" => "The amount for people to read.",
        "currency" => "The currency by its code in three letters, such as `USD`.",
        "total_count" => "How many there are.",
        "deleted" => "Whether it was deleted.",
        "scopes" => "What it may be used for.",
        "claims" => "Custom claims.",
        "subject" => {
            "Whose it is: the id of a user, an organization or a machine; of an e-mail, what it is about."
        }
        "expiration" => "When it ends, in milliseconds since 1970; `None` for never.",
        "seconds_until_expiration" => "How many seconds it lives.",
        "expires_in_seconds" => "How many seconds it lives.",
        "expires_in_days" => "How many days it is good for.",
        "attempts" => "How often it was tried.",
        "strategy" => "How, such as `email_code` or `oauth_google`.",
        "status" => "How it stands.",
        "jwt" => "The token.",
        "cookies" => "Values for `Set-Cookie` headers.",
        "permissions" => "What it may do.",
        "role" => "The key of the role, such as `org:admin`.",
        "key" => "The key.",
        "slug" => "A name for addresses.",
        "locked" => "Whether it is locked out after too many attempts.",
        "banned" => "Whether it is banned.",
        "expand" => "More to answer with.",
        "notify" => "Whether to tell the person by e-mail.",
        "redirect_url" => "Where the person is sent to.",
        "created_at" => "When it was made.",
        "idempotency_key" => "Two calls with the same key do one thing.",
        "password_digest" => "The password as `password_hasher` left it.",
        "password_hasher" => "What made the digest, such as `bcrypt` or `argon2id`.",
        "file" => "The file.",
        "request_headers" => "The headers of the browser's request: names in lower case, lists of values.",
        _ => return None,
    })
}

fn told_by_name(name: &str, of: &Type) -> String {
    let said = spoken(name);
    let is_time = name.ends_with("_at") || name.ends_with("_before") || name.ends_with("_after");
    match of {
        Type::Integer if is_time => {
            let what = said.trim_end_matches(" at").to_owned();
            let was_done = what.ends_with("ed") && !what.contains(' ') || what == "paid";
            if was_done {
                format!("When it was {what}, in milliseconds since 1970.")
            } else {
                format!("The time of {what}, in milliseconds since 1970.")
            }
        }
        Type::Integer if name.contains("seconds") => format!("The {said}."),
        Type::Integer if name.ends_with("_ttl") || matches!(name, "lifetime" | "allowed_clock_skew") => {
            format!("The {said}, in seconds.")
        }
        Type::Integer if name.ends_with("amount") => {
            format!("The {said}, in the smallest unit of the currency.")
        }
        Type::Integer
            if matches!(
                name,
                "date" | "timestamp" | "period_start" | "period_end" | "next_billing_date"
            ) =>
        {
            format!("The {said}, in milliseconds since 1970.")
        }
        Type::Flag => flag(name, &said),
        Type::Text | Type::OneOf(_) if name.ends_with("_at") || name == "extend_to" => {
            format!("The time of {}, as in RFC 3339.", said.trim_end_matches(" at"))
        }
        _ => format!("The {said}."),
    }
}

fn flag(name: &str, said: &str) -> String {
    let after = |prefix: &str| said.strip_prefix(prefix);
    if let Some(what) = after("is ") {
        format!("Whether it is {what}.")
    } else if let Some(what) = after("has ").or(after("have ")) {
        format!("Whether it has {what}.")
    } else if let Some(what) = after("allow ") {
        format!("Whether {what} is allowed.")
    } else if let Some(what) = after("can ") {
        format!("Whether it can {what}.")
    } else if let Some(what) = said.strip_suffix(" enabled") {
        format!("Whether {what} is enabled.")
    } else if let Some(what) = said.strip_suffix(" disabled") {
        format!("Whether {what} is disabled.")
    } else if let Some(what) = said.strip_suffix(" required") {
        format!("Whether {what} is required.")
    } else if [
        "skip ", "ignore ", "include ", "block ", "bypass ", "sign ", "revoke ", "notify ", "sync ", "end ",
    ]
    .iter()
    .any(|verb| said.starts_with(verb))
    {
        format!("Whether to {said}.")
    } else if name.ends_with("ed") || ["public", "primary", "active", "successful"].contains(&name) {
        format!("Whether it is {said}.")
    } else {
        format!("The setting “{said}”.")
    }
}

/// What a call does: where it goes, what it is in JavaScript, and what is dangerous about it.
pub(crate) fn operation(operation: &Operation, method: &str) -> Vec<String> {
    let mut lines = vec![
        format!(
            "`{} {}`: {}",
            operation.method,
            operation.path,
            sentence(method, &operation.namespace)
        ),
        String::new(),
    ];
    match operation.risk.as_str() {
        "destroy" => lines.push("What it deletes or overwrites does not come back.".to_owned()),
        "credential" => {
            lines.push(
                "It is about a secret or lets somebody in; `Debug` does not show what it answers with."
                    .to_owned(),
            );
        }
        "lockout" => lines.push("It ends or restores somebody's access.".to_owned()),
        "money" => lines.push("It changes what somebody pays.".to_owned()),
        "notify" => {
            lines.push("Clerk may send an e-mail or a text message for it, and limits how many.".to_owned())
        }
        "instance" => lines.push("It changes how the whole instance works.".to_owned()),
        _ => {}
    }
    match operation.auth_key.as_str() {
        "machine" => lines.push("It is made with the secret key of a machine.".to_owned()),
        "secret|machine" => {
            lines.push("It is made with the secret key of a machine if there is one, else with that of the instance.".to_owned());
        }
        "none" => lines.push("It is made without any key.".to_owned()),
        _ => {}
    }
    lines.extend(more(&operation.id).map(str::to_owned));
    lines.push(String::new());
    lines.push("# Errors".to_owned());
    let errors = if operation.path_parameters.is_empty() {
        "On `.await`, see [`Error`](crate::Error)."
    } else {
        "On `.await`: code `argument_invalid` for what cannot be part of a path; see [`Error`](crate::Error)."
    };
    lines.push(errors.to_owned());
    lines
}

/// Facts that no rule tells.
fn more(operation: &str) -> Option<&'static str> {
    Some(match operation {
        "GetUserList" => {
            "Gives one page, without the number of all users, which `get_count` tells. Lists take at most 100 values each; \
             `-` before a `user_id` or an `organization_id` excludes it."
        }
        "UpdateUserMetadata" | "MergeOrganizationMetadata" | "UpdateOrganizationMembershipMetadata" => {
            "Merges in depth; a key that is null is removed."
        }
        "ReplaceUserMetadata" | "ReplaceOrganizationMetadata" => {
            "Each kind of metadata that is given is replaced as a whole."
        }
        "GetOrganization" => "Takes a slug as well as an id.",
        "GetSessionList" => "Clerk wants `client_id` or `user_id`.",
        "CreateBulkInvitations" | "CreateOrganizationInvitationBulk" => "Clerk takes at most ten at once.",
        "CreateBulkWaitlistEntries" => "Clerk takes at most fifty at once.",
        "GetOAuthAccessToken" => "The provider is named `oauth_google`, with its prefix.",
        "createSession" => "Clerk does it for development instances only.",
        "UploadOrganizationLogo" | "UploadOAuthApplicationLogo" => "JPEG, PNG, GIF or WebP of at most 10 MB.",
        "verifyApiKey" | "verifyM2MToken" | "verifyOAuthAccessToken" => {
            "Status 404 means that it is nobody's. Clerk also tells about those that are over: refuse what is not known to be \
             neither `revoked` nor `expired`."
        }
        "CreateSessionToken" | "CreateSessionTokenFromTemplate" => {
            "Without a lifetime the token has that of the instance or the template."
        }
        _ => return None,
    })
}

fn sentence(method: &str, namespace: &str) -> String {
    let (verb, rest) = method.split_once('_').unwrap_or((method, ""));
    let done = match verb {
        "get" => "gives",
        "list" => "lists",
        "create" => "makes",
        "update" => "changes",
        "delete" => "deletes",
        "replace" => "replaces",
        "revoke" => "revokes",
        "verify" => "verifies",
        "prepare" => "prepares",
        "attempt" => "attempts",
        "ban" => "bans",
        "unban" => "unbans",
        "lock" => "locks",
        "unlock" => "unlocks",
        "set" => "sets",
        "unset" => "unsets",
        "remove" => "removes",
        "assign" => "assigns",
        "add" => "adds",
        "rotate" => "rotates",
        "refresh" => "refreshes",
        "disable" => "disables",
        "generate" => "generates",
        "invite" => "invites",
        "reject" => "rejects",
        "upsert" => "makes or changes",
        "revert" => "reverts",
        "preview" => "previews",
        "toggle" => "switches",
        "cancel" => "cancels",
        "extend" => "extends",
        "apply" => "applies",
        "adjust" => "adjusts",
        "change" => "changes",
        other => other,
    };
    let about = rules::about(namespace);
    let about = about.split(',').next().unwrap_or(about);
    match (verb, rest) {
        ("list", _) => format!("lists {}.", lower(about)),
        (_, "") => format!("{done} the {}.", singular(&spoken(namespace))),
        ("create", "bulk") => format!("makes many {} at once.", spoken(namespace)),
        (_, rest) => format!("{done} the {}.", spoken(rest)),
    }
}

fn lower(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect();
    if text.starts_with("API") || text.starts_with("SAML") || text.starts_with("SCIM") {
        return text.to_owned();
    }
    first + characters.as_str()
}

/// One of many.
pub(crate) fn singular(name: &str) -> String {
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name
            .strip_suffix('s')
            .filter(|_| !name.ends_with("ss") && name != "jwks")
            .unwrap_or(name)
            .to_owned(),
    }
}

//! The documentation of what is generated, from names, types, units and risks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::names::{snake, spoken};
use crate::rules;
use crate::table::{Member, Operation, Type};

/// What members are, by their names.
static MEMBERS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| pairs(include_str!("../api/words.tsv")));
/// What operations do, where their names do not tell.
static OPERATIONS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../api/operation_words.tsv")));

fn pairs(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    text.lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .collect()
}

/// What a member is.
pub(crate) fn member(member: &Member) -> String {
    let name = snake(&member.name);
    let mut text = match MEMBERS.get(name.as_str()) {
        Some(known) => with_unit(known, &name, &member.of),
        None => told_by_name(&name, &member.of),
    };
    match (member.minimum, member.maximum) {
        (Some(least), Some(most)) => text += &format!(" Clerk takes {least} to {most}."),
        (Some(least), None) if least > 0 => text += &format!(" At least {least}."),
        _ => {}
    }
    text
}

/// Times are numbers in answers and texts in requests.
fn with_unit(text: &str, name: &str, of: &Type) -> String {
    let plain = text
        .trim_end_matches('.')
        .trim_end_matches(", in milliseconds since 1970");
    match of {
        Type::Integer if name.ends_with("_at") => format!("{plain}, in milliseconds since 1970."),
        Type::Text if name.ends_with("_at") => format!("{plain}, as in RFC 3339."),
        _ => text.to_owned(),
    }
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
            sentence(operation, method)
        ),
        String::new(),
    ];
    match operation.risk.as_str() {
        "destroy" => lines.push("What it deletes or overwrites does not come back.".to_owned()),
        "credential" => {
            lines.push(
                "It is about a secret or lets somebody in; `Debug` does not show the secrets that it answers with."
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

fn sentence(operation: &Operation, method: &str) -> String {
    if let Some(known) = OPERATIONS.get(operation.id.as_str()) {
        return (*known).to_owned();
    }
    let namespace = snake(&operation.namespace);
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
    let article = |name: &str| {
        if name.starts_with(['a', 'e', 'i', 'o', 'A', 'O']) {
            "an"
        } else {
            "a"
        }
    };
    let rest = spoken(rest);
    match verb {
        "list" => format!("lists {}.", of_this_call(&namespace)),
        "get" if rest.ends_with(" list") => format!("lists {}.", plural(rest.trim_end_matches(" list"))),
        _ if rest.is_empty() => {
            let one = singular(&spoken(&namespace));
            let article = if verb == "create" { article(&one) } else { "the" };
            format!("{done} {article} {one}.")
        }
        "create" => format!("{done} {} {rest}.", article(&rest)),
        _ => format!("{done} the {rest}."),
    }
}

/// All that there are.
fn of_this_call(namespace: &str) -> String {
    let about = rules::about(namespace);
    lower(about.split(',').next().unwrap_or(about))
}

fn plural(name: &str) -> String {
    match name
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'o']))
    {
        Some(stem) => format!("{stem}ies"),
        None if name.ends_with('s') => format!("{name}es"),
        None => format!("{name}s"),
    }
}

fn lower(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect();
    let is_abbreviation = text.chars().nth(1).is_some_and(char::is_uppercase);
    if is_abbreviation {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_told_once_and_as_a_sentence() {
        for text in [
            include_str!("../api/words.tsv"),
            include_str!("../api/operation_words.tsv"),
        ] {
            let count = text.lines().skip(1).count();
            assert_eq!(
                pairs(text).len(),
                count,
                "a name is there twice, or a line has no tab"
            );
            for (name, sentence) in pairs(text) {
                assert!(
                    sentence.ends_with('.') && !sentence.contains('\t'),
                    "{name}: {sentence}"
                );
            }
        }
    }
}

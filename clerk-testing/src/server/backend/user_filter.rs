use serde_json::Value;

use super::body::value_invalid;
use crate::params::Params;
use crate::server::answer::ApiError;

/// How many values a list in a query may have.
const MOST_VALUES: usize = 100;

/// Which users are asked for. Everything that is said has to hold; of the values of one list, one has to.
#[derive(Debug)]
pub(super) struct UserFilter {
    lists: Vec<(&'static str, Vec<String>)>,
    user_id: Choice,
    organization_id: Choice,
    /// Parts of names and identifications in lower case.
    parts: Vec<(&'static str, String)>,
    banned: Option<bool>,
    times: Vec<(&'static str, Bound, i64)>,
    provider: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Bound {
    Before,
    After,
}

impl UserFilter {
    pub(super) fn of(query: &Params) -> Result<Self, ApiError> {
        let mut lists = Vec::new();
        for name in [
            "email_address",
            "phone_number",
            "external_id",
            "username",
            "web3_wallet",
            "provider_user_id",
        ] {
            let values = values(query, name)?;
            if !values.is_empty() {
                lists.push((name, values));
            }
        }
        let mut parts = Vec::new();
        for name in [
            "query",
            "email_address_query",
            "phone_number_query",
            "username_query",
            "name_query",
        ] {
            if let Some(part) = query.first(name).filter(|part| !part.is_empty()) {
                parts.push((name, part.to_lowercase()));
            }
        }
        let mut times = Vec::new();
        for (name, member, bound) in [
            ("created_at_before", "created_at", Bound::Before),
            ("created_at_after", "created_at", Bound::After),
            ("last_active_at_before", "last_active_at", Bound::Before),
            ("last_active_at_after", "last_active_at", Bound::After),
            ("last_active_at_since", "last_active_at", Bound::After),
            ("last_sign_in_at_before", "last_sign_in_at", Bound::Before),
            ("last_sign_in_at_after", "last_sign_in_at", Bound::After),
        ] {
            if let Some(text) = query.first(name) {
                let time = text
                    .parse()
                    .map_err(|_| value_invalid(name, "a time in milliseconds"))?;
                times.push((member, bound, time));
            }
        }
        let banned = match query.first("banned") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return Err(value_invalid("banned", "true or false")),
        };
        Ok(Self {
            lists,
            user_id: Choice::of(query, "user_id")?,
            organization_id: Choice::of(query, "organization_id")?,
            parts,
            banned,
            times,
            provider: query.first("provider").map(str::to_owned),
        })
    }

    /// Whether a user is among those asked for. The organizations are only asked for if it depends on them.
    pub(super) fn matches(&self, user: &Value, organizations: impl FnOnce() -> Vec<String>) -> bool {
        let text = |name: &str| user[name].as_str().unwrap_or_default();
        self.lists.iter().all(|(name, wanted)| {
            let own = own(user, name);
            let is_same = |one: &str, other: &str| match *name {
                "email_address" => one.eq_ignore_ascii_case(other),
                _ => one == other,
            };
            wanted
                .iter()
                .any(|value| own.iter().any(|own| is_same(own, value)))
        }) && self.user_id.allows(&[text("id")])
            && self.parts.iter().all(|(name, part)| contains(user, name, part))
            && self.banned.is_none_or(|banned| user["banned"] == banned)
            && self.times.iter().all(|(member, bound, time)| {
                user[*member].as_i64().is_some_and(|own| match bound {
                    Bound::Before => own < *time,
                    Bound::After => own > *time,
                })
            })
            && self.provider.as_ref().is_none_or(|provider| {
                all(user, "external_accounts", "provider").contains(&provider.as_str())
            })
            && (self.organization_id.is_open() || {
                let organizations = organizations();
                let ids: Vec<_> = organizations.iter().map(String::as_str).collect();
                self.organization_id.allows(&ids)
            })
    }
}

/// Ids of which one has to be there and ids of which none may be, with a minus in front.
#[derive(Debug, Default)]
pub(super) struct Choice {
    included: Vec<String>,
    excluded: Vec<String>,
}

impl Choice {
    pub(super) fn of(query: &Params, name: &str) -> Result<Self, ApiError> {
        let mut choice = Self::default();
        for value in values(query, name)? {
            match value.strip_prefix('-') {
                Some(id) => choice.excluded.push(id.to_owned()),
                // An unencoded plus is a space in a query.
                None => choice
                    .included
                    .push(value.trim_start_matches(['+', ' ']).to_owned()),
            }
        }
        Ok(choice)
    }

    pub(super) fn is_open(&self) -> bool {
        self.included.is_empty() && self.excluded.is_empty()
    }

    pub(super) fn allows(&self, ids: &[&str]) -> bool {
        let has = |list: &[String]| list.iter().any(|id| ids.contains(&id.as_str()));
        (self.included.is_empty() || has(&self.included)) && !has(&self.excluded)
    }
}

/// All values of a list in a query.
pub(super) fn values(query: &Params, name: &str) -> Result<Vec<String>, ApiError> {
    let values: Vec<_> = query.all(name).map(str::to_owned).collect();
    if values.len() > MOST_VALUES {
        return Err(value_invalid(
            name,
            &format!("a list of up to {MOST_VALUES} values"),
        ));
    }
    Ok(values)
}

fn own<'a>(user: &'a Value, name: &str) -> Vec<&'a str> {
    match name {
        "email_address" => all(user, "email_addresses", name),
        "phone_number" => all(user, "phone_numbers", name),
        "web3_wallet" => all(user, "web3_wallets", name),
        "provider_user_id" => all(user, "external_accounts", name),
        _ => user[name].as_str().into_iter().collect(),
    }
}

fn all<'a>(user: &'a Value, list: &str, name: &str) -> Vec<&'a str> {
    let items = user[list].as_array().into_iter().flatten();
    items.filter_map(|item| item[name].as_str()).collect()
}

/// Whether a part is in what the parameter looks through.
fn contains(user: &Value, parameter: &str, part: &str) -> bool {
    let names = || {
        let text = |name: &str| user[name].as_str().unwrap_or_default();
        let full = format!("{} {}", text("first_name"), text("last_name"));
        full.to_lowercase().contains(part)
    };
    let has = |name: &str| {
        own(user, name)
            .iter()
            .any(|own| own.to_lowercase().contains(part))
    };
    match parameter {
        "email_address_query" => has("email_address"),
        "phone_number_query" => has("phone_number"),
        "username_query" => has("username"),
        "name_query" => names(),
        _ => {
            [
                "email_address",
                "phone_number",
                "username",
                "web3_wallet",
                "external_id",
            ]
            .into_iter()
            .any(has)
                || names()
                // Parts of ids would find users by chance.
                || user["id"].as_str().is_some_and(|id| id.to_lowercase() == part)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn matches(query: &str) -> bool {
        let user = json!({
            "id": "user_1", "username": "ada", "first_name": "Ada", "last_name": "Byron", "external_id": "crm-42",
            "email_addresses": [{ "email_address": "ada@example.com" }, { "email_address": "a@b.c" }],
            "phone_numbers": [{ "phone_number": "+15555550100" }], "web3_wallets": [],
            "external_accounts": [{ "provider": "oauth_google", "provider_user_id": "g1" }],
            "banned": false, "created_at": 100, "last_active_at": null,
        });
        UserFilter::of(&Params::parse(query))
            .unwrap()
            .matches(&user, || vec!["org_1".into()])
    }

    #[test]
    fn users_are_found_by_what_they_have() {
        for query in [
            "",
            "user_id=user_1",
            "user_id=%2Buser_1&user_id=user_2",
            "user_id=-user_2",
            "email_address=x@y.z&email_address=a@b.c",
            "phone_number=%2B15555550100",
            "username=ada&external_id=crm-42",
            "query=BYR",
            "query=user_1",
            "name_query=ada byron",
            "email_address_query=EXAMPLE",
            "username_query=ad",
            "phone_number_query=0100",
            "banned=false",
            "created_at_after=99&created_at_before=101",
            "organization_id=org_1",
            "organization_id=-org_2",
            "provider=oauth_google&provider_user_id=g1",
        ] {
            assert!(matches(query), "{query}");
        }
        for query in [
            "user_id=user_2",
            "user_id=-user_1",
            "email_address=x@y.z",
            "username=ada&external_id=crm-43",
            "query=zoe",
            "name_query=example",
            "email_address_query=byron",
            "banned=true",
            "created_at_after=100",
            "last_active_at_after=1",
            "organization_id=org_2",
            "organization_id=-org_1",
            "provider=oauth_github",
        ] {
            assert!(!matches(query), "{query}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for query in [
            "banned=maybe",
            "created_at_after=today",
            &"user_id=a&".repeat(101),
        ] {
            let error = UserFilter::of(&Params::parse(query)).unwrap_err();
            assert_eq!(error.code, "form_param_value_invalid", "{query}");
        }
    }
}

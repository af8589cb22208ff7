//! Arguments under names that they have elsewhere: in Clerk's SDKs for JavaScript, in other frameworks, in plain English.

use proc_macro2::TokenTree;

use crate::value::Value;

/// Returns what to write in place of an argument that there is not.
pub(crate) fn for_argument(name: &str) -> Option<String> {
    let plain: String = name
        .chars()
        .filter(|c| *c != '_')
        .flat_map(char::to_lowercase)
        .collect();
    if let Some(one) = ["role", "permission", "feature", "plan", "scope"]
        .into_iter()
        .find(|one| is_several(&plain, one))
    {
        return Some(format!("there is no `{name}`: {}", one_of_several(one)));
    }
    let advice = match &*plain {
        "orgrole" | "organizationrole" => "write `role = \"org:admin\"`",
        "orgpermission" | "organizationpermission" | "can" | "ability" => {
            "write `permission = \"org:invoices:read\"`"
        }
        "admin" | "isadmin" | "owner" | "member" | "moderator" => {
            "roles are required by their keys: write `role = \"org:admin\"`"
        }
        "has" | "check" | "checks" | "requires" | "require" | "requirement" | "authorize" | "condition"
        | "guard" | "policy" | "protect" => {
            "requirements stand in the attribute as they are, as in `#[protected(role = \"org:admin\")]`; what depends on more is \
             asked in the body, with `auth.has(..)` or `auth.authorize(..)?`"
        }
        "or" | "either" | "oneof" | "anyof" | "some" => "write `any(role = \"..\", permission = \"..\")`",
        "and" | "both" | "allof" | "every" => {
            "commas mean all of them: write `role = \"..\", permission = \"..\"`, or `all(..)` within `any(..)`"
        }
        "redirect" | "redirectto" | "redirecturl" | "signin" | "signinurl" | "login" | "loginurl"
        | "unauthenticated" | "unauthenticatedurl" | "returnbackurl" | "afterloginurl" => {
            "write `redirect_to_sign_in`, without a value: where to is a setting, `CLERK_SIGN_IN_URL` or \
             `ClerkBuilder::sign_in_url`"
        }
        "unauthorized" | "unauthorizedurl" | "forbidden" | "fallback" | "onerror" | "error" | "message"
        | "status" | "rejection" | "response" => {
            "a guard answers 401 or 403 with JSON: a page of your own is made in a layer, or in a handler that takes \
             `auth: Auth` and returns `Result<_, Rejection>`"
        }
        "treatpendingassignedout" | "pending" | "allowpending" => {
            "a pending session is signed out for every guard: take `auth: Auth` in a `#[public]` handler to serve it all the same"
        }
        "acceptstoken" | "accepts" | "accept" | "tokens" | "tokentype" | "tokentypes" | "acceptedtokens"
        | "accepttoken" => {
            "write `token = \"api_key\"`, or several, `token = any(\"session_token\", \"api_key\")`"
        }
        "apikey" | "apikeys" => "write `token = \"api_key\"`",
        "m2m" | "m2mtoken" | "machinetoken" => "write `token = \"m2m_token\"`",
        "oauth" | "oauthtoken" | "oauth2" => "write `token = \"oauth_token\"`",
        "session" | "sessiontoken" | "jwt" | "bearer" | "cookie" => {
            "sessions are accepted unless `token = ..` says otherwise: remove it"
        }
        "level" | "afterminutes" | "maxage" | "minutes" => {
            "write `reverification(level = \"second_factor\", after_minutes = 10)`"
        }
        "strict" | "strictmfa" | "moderate" | "lax" | "mfa" | "twofactor" | "secondfactor" | "reverify"
        | "fresh" => "write `reverification = \"strict\"`",
        "optional" | "required" | "anonymous" | "allowanonymous" | "guest" | "maybe" => {
            "somebody is signed in whenever a protected handler runs: write `#[public]` in place of `#[protected]`, and take \
             `auth: Auth`"
        }
        "public" | "anyone" | "everyone" | "none" | "open" => "write `#[public]` in place of `#[protected]`",
        "authenticated" | "signedin" | "loggedin" | "login_required" | "default" => {
            "`#[protected]` alone asks for somebody who is signed in: remove it"
        }
        "org" | "organization" | "organisation" | "tenant" | "orgrequired" | "requireorg"
        | "activeorganization" | "orgslug" => {
            "a handler that takes `org_id: OrgId` is answered 403 without an active organization: write it among the parameters"
        }
        "user" | "users" | "userids" | "allow" | "allowed" | "deny" | "only" => {
            "who the user is, is compared in the body: take `user_id: UserId` among the parameters"
        }
        "get" | "post" | "put" | "patch" | "delete" | "path" | "route" | "method" | "methods" => {
            "where a handler is mounted is said to the router, as in `.route(\"/me\", get(me))`"
        }
        "clerk" | "appstate" | "withstate" => "write `state = AppState`, the type of the router's state",
        _ => return None,
    };
    Some(format!("there is no `{name}`: {advice}"))
}

/// Returns what to write in place of a call that JavaScript has for it, as `auth.protect()`.
pub(crate) fn for_call(name: &str, value: &Value) -> Option<String> {
    let Value::Other(tokens) = value else { return None };
    let mut tokens = tokens.clone().into_iter();
    let (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(method))) = (tokens.next(), tokens.next()) else {
        return None;
    };
    if dot.as_char() != '.' {
        return None;
    }
    Some(if method == "protect" {
        format!(
            "`#[protected]` is what `{name}.protect()` is in JavaScript: remove this; what is required stands alone, as in `#[protected(role = \"org:admin\")]`"
        )
    } else {
        format!(
            "the attribute calls nothing: write what is required, as in `#[protected(role = \"org:admin\")]`, and call `{name}.{method}(..)` in the body"
        )
    })
}

/// Returns how several of what there is one argument for are asked for. A member of an organization has one role there.
pub(crate) fn one_of_several(name: &str) -> String {
    let any = format!("write `any({name} = \"..\", {name} = \"..\")` if one of several is enough");
    match name {
        "role" => any,
        _ => format!("{any}, and `{name} = \"..\"` once for each if all of them are required"),
    }
}

/// Returns true for a name that asks for several of what there is one argument for: `roles`, `has_any_role`, `orgPermissions`.
fn is_several(name: &str, one: &str) -> bool {
    let stem = name.strip_prefix("has").unwrap_or(name);
    let stem = ["require", "any", "all", "one"]
        .into_iter()
        .fold(stem, |stem, prefix| stem.strip_prefix(prefix).unwrap_or(stem));
    let stem = stem.strip_prefix("org").unwrap_or(stem);
    let is_plural = stem.strip_suffix('s') == Some(one);
    let is_prefixed = stem == one && name.len() > one.len() && !name.starts_with("org");
    is_plural || is_prefixed
}

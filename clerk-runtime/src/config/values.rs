//! Checks of single values: keys, URLs, hosts and lists. Each error names the variable, the kind of the value and the fix.

use url::Url;

use super::error::{JWT_KEY, MACHINE_SECRET_KEY, PUBLISHABLE_KEY, SECRET_KEY, WEBHOOK_SIGNING_SECRET};
use super::origin::Origin;
use super::{ConfigError, ValueKind};
use crate::key::InstanceType;

/// Names the fault of a value, and what to write in its place.
type Fault = (ValueKind, String);

/// The fix of a setting that is spoilt in the same way whatever it is for, if there is one.
pub(super) fn fix_of(kind: ValueKind) -> Option<&'static str> {
    match kind {
        ValueKind::Quoted => Some("leave the quotes out (the env files of Docker keep them)"),
        ValueKind::Named => Some("leave the name out"),
        ValueKind::Variable => {
            Some("write the value, or let the shell or the deployment replace the variable")
        }
        ValueKind::JsonList => Some("write the values without brackets and quotes, separated by commas"),
        ValueKind::Masked => Some("copy the whole key with the dashboard's copy button"),
        _ => None,
    }
}

/// Checks that a key is not of another kind than its variable.
///
/// # Errors
/// [`ConfigError::WrongValue`].
pub(crate) fn key(variable: &'static str, text: &str) -> Result<(), ConfigError> {
    let kind = ValueKind::of_key(text);
    let is_expected = match (variable, kind) {
        (_, None)
        | (PUBLISHABLE_KEY, Some(ValueKind::PublishableKey(_)))
        | (SECRET_KEY, Some(ValueKind::SecretKey(_)))
        | (MACHINE_SECRET_KEY, Some(ValueKind::MachineSecretKey))
        // Which PEM it is, its parser says.
        | (JWT_KEY, Some(ValueKind::PublicKey | ValueKind::PrivateKey))
        | (WEBHOOK_SIGNING_SECRET, Some(ValueKind::WebhookSecret)) => true,
        _ => false,
    };
    // A key that is pasted over several lines, or with a blank too many.
    let has_white_space = match variable {
        JWT_KEY => false,
        PUBLISHABLE_KEY => text.contains(char::is_whitespace),
        _ => text.trim().contains(char::is_whitespace),
    };
    let found = match kind {
        Some(kind) if !is_expected => kind,
        _ if has_white_space => ValueKind::WhiteSpace,
        _ => return Ok(()),
    };
    Err(wrong(
        variable,
        None,
        (
            found,
            fix_of(found).map_or_else(|| copy_of(variable), str::to_owned),
        ),
    ))
}

/// Says what to copy, and from where.
fn copy_of(variable: &str) -> String {
    let (what, page) = match variable {
        PUBLISHABLE_KEY => (
            "the publishable key, `pk_test_…` or `pk_live_…`,",
            "API keys page",
        ),
        SECRET_KEY => ("the secret key, `sk_test_…` or `sk_live_…`,", "API keys page"),
        MACHINE_SECRET_KEY => ("the machine's secret key, `ak_…`,", "machine's page"),
        JWT_KEY => (
            "the JWKS public key, `-----BEGIN PUBLIC KEY-----` to `-----END PUBLIC KEY-----`,",
            "API keys page",
        ),
        _ => ("the signing secret, `whsec_…`,", "webhook's page"),
    };
    format!("copy {what} from the {page} of the Clerk dashboard")
}

/// Checks that two keys are of one type of instance, as far as their prefixes say.
///
/// # Errors
/// [`ConfigError::TwoInstances`].
pub(crate) fn one_instance(publishable: InstanceType, secret_key: &str) -> Result<(), ConfigError> {
    match ValueKind::of_key(secret_key) {
        Some(ValueKind::SecretKey(Some(secret))) if secret != publishable => {
            Err(ConfigError::TwoInstances { publishable, secret })
        }
        _ => Ok(()),
    }
}

/// Checks a list, each of its entries by `check`.
///
/// # Errors
/// [`ConfigError::WrongValue`] for the first entry that is refused.
pub(crate) fn list(
    variable: &'static str,
    entries: &[String],
    check: fn(&str) -> Result<(), (ValueKind, String)>,
) -> Result<(), ConfigError> {
    for (number, entry) in entries.iter().enumerate() {
        check(entry).map_err(|fault| wrong(variable, Some(number + 1), fault))?;
    }
    Ok(())
}

/// Checks a URL, or a path of the application itself if one is permitted.
///
/// # Errors
/// [`ConfigError::WrongValue`].
pub(crate) fn web_url(
    variable: &'static str,
    text: &str,
    may_be_path: bool,
    fix: &'static str,
) -> Result<(), ConfigError> {
    let is_path = may_be_path && text.starts_with('/');
    let found = if let Some(kind) = ValueKind::of_spelling(text) {
        kind
    } else if text.contains(char::is_whitespace) {
        ValueKind::WhiteSpace
    } else if is_path {
        return Ok(());
    } else if let Some((scheme, _)) = text.split_once("://") {
        match scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") {
            true => return Ok(()),
            false => ValueKind::OtherScheme,
        }
    } else {
        ValueKind::NoScheme
    };
    Err(wrong(
        variable,
        None,
        (found, fix_of(found).unwrap_or(fix).to_owned()),
    ))
}

/// Checks a host, with or without a port.
///
/// # Errors
/// [`ConfigError::WrongValue`].
pub(crate) fn host(variable: &'static str, text: &str, fix: &'static str) -> Result<(), ConfigError> {
    let found = if let Some(kind) = ValueKind::of_spelling(text) {
        kind
    } else if text.contains(char::is_whitespace) {
        ValueKind::WhiteSpace
    } else if text.contains("://") {
        ValueKind::Url
    } else if text.contains(['/', '?', '#']) {
        ValueKind::Path
    } else {
        return Ok(());
    };
    Err(wrong(
        variable,
        None,
        (found, fix_of(found).unwrap_or(fix).to_owned()),
    ))
}

/// Checks a value that may be any text but what shells and templates leave behind.
///
/// # Errors
/// [`ConfigError::WrongValue`].
pub(crate) fn text(variable: &'static str, text: &str) -> Result<(), ConfigError> {
    match ValueKind::of_spelling(text) {
        Some(found) => Err(wrong(
            variable,
            None,
            (
                found,
                fix_of(found).unwrap_or("write the value itself").to_owned(),
            ),
        )),
        None => Ok(()),
    }
}

/// Checks a skew that comes from the environment, where its unit is easily mistaken.
///
/// # Errors
/// [`ConfigError::WrongValue`] for a number that would be sensible in seconds.
pub(crate) fn skew_of_environment(variable: &'static str, skew: i64) -> Result<(), ConfigError> {
    if !is_skew_in_seconds(skew) {
        return Ok(());
    }
    let fix = format!("{skew} is {skew} milliseconds; for {skew} seconds write {skew}000");
    Err(wrong(variable, None, (ValueKind::Seconds, fix)))
}

/// Returns whether a skew in milliseconds would be sensible in seconds: from one second to five minutes. No clock is that
/// exact, so in milliseconds it is not.
pub(crate) fn is_skew_in_seconds(skew: i64) -> bool {
    (1..=300).contains(&skew.unsigned_abs())
}

/// Checks an accepted value of `aud`, which may be any text.
pub(crate) fn audience(text: &str) -> Result<(), Fault> {
    match ValueKind::of_spelling(text) {
        // Empty ones are dropped.
        None | Some(ValueKind::Empty) => Ok(()),
        Some(found) => {
            let fix = fix_of(found).unwrap_or("write an audience, such as `https://api.example.com`");
            Err((found, fix.to_owned()))
        }
    }
}

/// Checks an accepted value of `iss`: a URL as Clerk writes it.
pub(crate) fn issuer(text: &str) -> Result<(), Fault> {
    const FIX: &str = "write an issuer as tokens have it, such as `https://clerk.example.com`";
    let text = match ValueKind::of_spelling(text) {
        // Empty ones are dropped.
        Some(ValueKind::Empty) => return Ok(()),
        Some(found) => return Err((found, fix_of(found).unwrap_or(FIX).to_owned())),
        None => text,
    };
    let fault = |found| Err((found, FIX.to_owned()));
    if text.contains(char::is_whitespace) {
        return fault(ValueKind::WhiteSpace);
    }
    if text.contains('*') {
        return fault(ValueKind::Wildcard);
    }
    let Some((scheme, _)) = text.split_once("://") else {
        return fault(ValueKind::NoScheme);
    };
    if !matches!(scheme.to_ascii_lowercase().as_str(), "https" | "http") {
        return fault(ValueKind::OtherScheme);
    }
    let Ok(url) = Url::parse(text) else {
        return fault(ValueKind::Malformed);
    };
    if text.ends_with('/') {
        return Err((
            ValueKind::TrailingSlash,
            format!("write `{}`", text.trim_end_matches('/')),
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return fault(ValueKind::Path);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return fault(ValueKind::Credentials);
    }
    Ok(())
}

/// Checks an origin that browsers may be sent to. Its spelling does not matter.
pub(crate) fn redirect_origin(text: &str) -> Result<(), Fault> {
    const FIX: &str = "write an origin, such as `https://app.example.com`";
    let found = if let Some(found) = ValueKind::of_spelling(text) {
        found
    } else if text.contains('*') {
        ValueKind::Wildcard
    } else if !text.contains("://") && text != "null" {
        ValueKind::NoScheme
    } else {
        // Of a URL its origin counts.
        match Origin::parse(text) {
            Some(_) => return Ok(()),
            None => ValueKind::OpaqueOrigin,
        }
    };
    Err((found, fix_of(found).unwrap_or(FIX).to_owned()))
}

fn wrong(variable: &'static str, entry: Option<usize>, (found, fix): Fault) -> ConfigError {
    ConfigError::WrongValue {
        variable,
        entry,
        found,
        fix,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_are_written_as_tokens_have_them() {
        for issuer_of_tokens in [
            "https://clerk.example.com",
            "https://app.example.com/__clerk",
            "http://127.0.0.1:4000",
            "",
        ] {
            assert_eq!(issuer(issuer_of_tokens), Ok(()), "{issuer_of_tokens}");
        }
        for (text, found) in [
            ("https://clerk.example.com/", ValueKind::TrailingSlash),
            ("clerk.example.com", ValueKind::NoScheme),
            ("ftp://clerk.example.com", ValueKind::OtherScheme),
            ("\"https://clerk.example.com\"", ValueKind::Quoted),
            ("https://*.example.com", ValueKind::Wildcard),
            ("https://clerk.example.com?a", ValueKind::Path),
            ("https://a b", ValueKind::WhiteSpace),
            ("https://", ValueKind::Malformed),
            ("https://u:p@clerk.example.com", ValueKind::Credentials),
        ] {
            assert_eq!(issuer(text).unwrap_err().0, found, "{text}");
        }
    }

    #[test]
    fn redirect_origins_may_be_spelled_in_any_way() {
        for text in [
            "https://app.test",
            "HTTPS://App.test:443/",
            "http://localhost:3000",
        ] {
            assert_eq!(redirect_origin(text), Ok(()), "{text}");
        }
        for (text, found) in [
            ("app.test", ValueKind::NoScheme),
            ("https://*.app.test", ValueKind::Wildcard),
            ("null", ValueKind::OpaqueOrigin),
            ("file:///a", ValueKind::OpaqueOrigin),
            ("", ValueKind::Empty),
            ("'https://app.test'", ValueKind::Quoted),
        ] {
            assert_eq!(redirect_origin(text).unwrap_err().0, found, "{text}");
        }
    }

    #[test]
    fn seconds_are_told_from_milliseconds() {
        for seconds in [1, 5, 60, 300, -5] {
            assert!(is_skew_in_seconds(seconds), "{seconds}");
        }
        for milliseconds in [0, 301, 1000, 5000, -3000, 300_000, i64::MIN] {
            assert!(!is_skew_in_seconds(milliseconds), "{milliseconds}");
        }
        let error = skew_of_environment("CLERK_CLOCK_SKEW_IN_MS", 5).unwrap_err();
        assert_eq!(
            error.to_string(),
            "CLERK_CLOCK_SKEW_IN_MS holds a number of seconds: 5 is 5 milliseconds; for 5 seconds write 5000"
        );
    }
}

use std::fmt;

use crate::key::InstanceType;

/// The kind of a value that a setting cannot have. Never has the value itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueKind {
    /// `pk_…`.
    PublishableKey(Option<InstanceType>),
    /// `sk_…`.
    SecretKey(Option<InstanceType>),
    /// `ak_…`, which machine secret keys and API keys begin with.
    MachineSecretKey,
    /// `mt_…` or `oat_…`.
    MachineToken,
    /// `whsec_…`.
    WebhookSecret,
    /// A JSON Web Token.
    Jwt,
    /// A PEM public key.
    PublicKey,
    /// A PEM private key or certificate.
    PrivateKey,
    /// A public key as a JSON Web Key.
    JsonWebKey,
    /// The id of something, such as `ins_…`.
    Id,
    /// A path to a file.
    FilePath,
    /// A URL.
    Url,
    /// Nothing.
    Empty,
    /// A value with quotes around it. Docker's env files keep them.
    Quoted,
    /// A value with the variable's name before it.
    Named,
    /// The name of another variable, which nothing has replaced with its value.
    Variable,
    /// A placeholder, as examples have it.
    Placeholder,
    /// A key that the dashboard shows in part.
    Masked,
    /// A value with white space.
    WhiteSpace,
    /// A list in JSON.
    JsonList,
    /// Several values where one belongs.
    Several,
    /// A pattern with `*`.
    Wildcard,
    /// An address without a scheme.
    NoScheme,
    /// A URL with another scheme than `https` or `http`.
    OtherScheme,
    /// An address that is none.
    Malformed,
    /// A URL with a user or password.
    Credentials,
    /// A URL that ends in a slash.
    TrailingSlash,
    /// A URL with a path, query or fragment.
    Path,
    /// An address with upper-case letters.
    UpperCase,
    /// A URL with its scheme's default port.
    DefaultPort,
    /// A host that ends in a dot.
    TrailingDot,
    /// The origin of sandboxed pages and local files.
    OpaqueOrigin,
    /// An origin that browsers write in another way.
    OtherSpelling,
    /// A small number that seconds were meant by.
    Seconds,
}

impl ValueKind {
    /// Recognizes a value that is a key, token or id, or cannot be one.
    pub(crate) fn of_key(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains("-----BEGIN") && !is_placeholder(text) && !is_quoted(text) && !is_named(text) {
            let is_private = ["PRIVATE KEY", "CERTIFICATE"]
                .iter()
                .any(|label| text.contains(label));
            return Some(if is_private {
                Self::PrivateKey
            } else {
                Self::PublicKey
            });
        }
        if text.starts_with('{') && text.contains("\"kty\"") {
            return Some(Self::JsonWebKey);
        }
        if let Some(kind) = Self::of_spelling(text) {
            return Some(kind);
        }
        let (kind, rest) = prefixed(text).map_or((None, text), |(kind, rest)| (Some(kind), rest));
        if rest.contains(['*', '\u{2022}', '\u{25cf}']) {
            return Some(Self::Masked);
        }
        if is_example(rest, kind.is_some()) {
            return Some(Self::Placeholder);
        }
        kind.or_else(|| Self::of_other(text))
    }

    fn of_other(text: &str) -> Option<Self> {
        let ends_like_a_file = [".pem", ".key", ".pub", ".txt", ".json", ".jwk"]
            .iter()
            .any(|end| text.ends_with(end));
        if text.contains("://") {
            Some(Self::Url)
        } else if text.starts_with("eyJ") && text.split('.').count() == 3 {
            Some(Self::Jwt)
        } else if text.starts_with(['/', '~', '@']) || text.starts_with("./") || text.starts_with("../") {
            Some(Self::FilePath)
        } else {
            ends_like_a_file.then_some(Self::FilePath)
        }
    }

    /// Recognizes how a value of any setting is spoilt on its way through shells, files and templates.
    pub(crate) fn of_spelling(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            Some(Self::Empty)
        } else if is_named(text) {
            Some(Self::Named)
        } else if is_json_list(text) {
            Some(Self::JsonList)
        } else if is_quoted(text) {
            Some(Self::Quoted)
        } else if is_variable(text) {
            Some(Self::Variable)
        } else if is_placeholder(text) {
            Some(Self::Placeholder)
        } else {
            None
        }
    }
}

/// The kind of a key or token by its prefix, and what follows it.
fn prefixed(text: &str) -> Option<(ValueKind, &str)> {
    use InstanceType::{Development, Production};
    let kinds = [
        ("pk_test_", ValueKind::PublishableKey(Some(Development))),
        ("pk_live_", ValueKind::PublishableKey(Some(Production))),
        ("pk_", ValueKind::PublishableKey(None)),
        ("sk_test_", ValueKind::SecretKey(Some(Development))),
        ("sk_live_", ValueKind::SecretKey(Some(Production))),
        ("sk_", ValueKind::SecretKey(None)),
        ("ak_", ValueKind::MachineSecretKey),
        ("mt_", ValueKind::MachineToken),
        ("oat_", ValueKind::MachineToken),
        ("whsec_", ValueKind::WebhookSecret),
        ("ins_", ValueKind::Id),
        ("app_", ValueKind::Id),
        ("user_", ValueKind::Id),
        ("org_", ValueKind::Id),
        ("sess_", ValueKind::Id),
        ("mch_", ValueKind::Id),
        ("ep_", ValueKind::Id),
    ];
    kinds
        .into_iter()
        .find_map(|(prefix, kind)| Some((kind, text.strip_prefix(prefix)?)))
}

/// Returns whether a key, or what follows its prefix, is what examples have in its place.
fn is_example(text: &str, has_prefix: bool) -> bool {
    const WORDS: [&str; 9] = [
        "your",
        "here",
        "placeholder",
        "changeme",
        "replaceme",
        "replace",
        "insert",
        "paste",
        "redacted",
    ];
    const WHOLE: [&str; 10] = [
        "secret",
        "secretkey",
        "secret_key",
        "null",
        "none",
        "undefined",
        "todo",
        "tbd",
        "key",
        "change_me",
    ];
    let lower = text.to_ascii_lowercase();
    let is_filler = |byte: u8| matches!(byte, b'x' | b'.' | b'_' | b'-' | b'0');
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return has_prefix;
    }
    let is_fill = lower.len() >= 3 && lower.bytes().all(is_filler);
    // Keys have digits; sentences that begin so have none.
    let begins_so = |word: &str| word.starts_with("your") && !word.bytes().any(|byte| byte.is_ascii_digit());
    is_fill
        || words.any(|word| WORDS.contains(&word) || begins_so(word))
        || !has_prefix && WHOLE.contains(&lower.as_str())
}

fn is_quoted(text: &str) -> bool {
    let is_quote = |c: char| {
        matches!(
            c,
            '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}'
        )
    };
    let text = text.trim();
    text.starts_with(is_quote) || text.ends_with(is_quote)
}

/// Returns whether a value begins with the name of a variable, as in `export CLERK_SECRET_KEY=…`.
fn is_named(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("export ").unwrap_or(text);
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.contains('_')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let named = text.split_once('=').or_else(|| text.split_once(": "));
    named.is_some_and(|(name, _)| is_name(name.trim_end()))
}

fn is_variable(text: &str) -> bool {
    let text = text.trim();
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '('));
    let between = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark);
    text.contains("${")
        || text.contains("{{")
        || text.strip_prefix('$').is_some_and(is_name)
        || between('%').is_some_and(is_name)
}

fn is_placeholder(text: &str) -> bool {
    let has_angles = text.split_once('<').is_some_and(|(_, rest)| rest.contains('>'));
    text.contains("...") || text.contains('\u{2026}') || has_angles
}

fn is_json_list(text: &str) -> bool {
    let text = text.trim();
    text.strip_prefix('[').is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with(['"', '\'', ']']) || rest.contains("://")
    })
}

/// As the object of a sentence.
impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use InstanceType::{Development, Production};
        f.write_str(match self {
            Self::PublishableKey(None) => "a publishable key (`pk_…`)",
            Self::PublishableKey(Some(Development)) => "a publishable key (`pk_test_…`)",
            Self::PublishableKey(Some(Production)) => "a publishable key (`pk_live_…`)",
            Self::SecretKey(None) => "a secret key (`sk_…`)",
            Self::SecretKey(Some(Development)) => "a secret key (`sk_test_…`)",
            Self::SecretKey(Some(Production)) => "a secret key (`sk_live_…`)",
            Self::MachineSecretKey => "a machine secret key or an API key (`ak_…`)",
            Self::MachineToken => "a machine token (`mt_…` or `oat_…`)",
            Self::WebhookSecret => "a webhook signing secret (`whsec_…`)",
            Self::Jwt => "a JWT",
            Self::PublicKey => "a PEM public key",
            Self::PrivateKey => "a PEM private key or certificate",
            Self::JsonWebKey => "a key in JSON",
            Self::Id => "an id",
            Self::FilePath => "a path to a file",
            Self::Url => "a URL",
            Self::Empty => "an empty value",
            Self::Quoted => "a value in quotes",
            Self::Named => "a value with a variable's name before it",
            Self::Variable => "a variable that was not replaced with its value, such as `${NAME}`",
            Self::Placeholder => "a placeholder",
            Self::Masked => "a key that is shown in part",
            Self::WhiteSpace => "a value with white space in it",
            Self::JsonList => "a list in JSON",
            Self::Several => "several values in one",
            Self::Wildcard => "a wildcard",
            Self::NoScheme => "an address without a scheme",
            Self::OtherScheme => "a URL with another scheme than `https` or `http`",
            Self::Malformed => "an address that is malformed",
            Self::Credentials => "a URL with a user or password",
            Self::TrailingSlash => "a URL that ends in a slash",
            Self::Path => "a URL with a path, query or fragment",
            Self::UpperCase => "an address with upper-case letters",
            Self::DefaultPort => "a URL with its scheme's default port",
            Self::TrailingDot => "a host that ends in a dot",
            Self::OpaqueOrigin => "the origin of sandboxed pages and local files",
            Self::OtherSpelling => "an origin that browsers write in another way",
            Self::Seconds => "a number of seconds",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_no_keys_are_recognized() {
        use ValueKind::*;
        for (text, expected) in [
            ("sk_test_...", Placeholder),
            ("sk_test_\u{2026}", Placeholder),
            ("sk_test_xxxxx", Placeholder),
            ("sk_live_XXXX", Placeholder),
            ("sk_test_", Placeholder),
            ("YOUR_SECRET_KEY", Placeholder),
            ("your-secret-key", Placeholder),
            ("sk_test_your_key_here", Placeholder),
            ("sk_test_yourSecretKey", Placeholder),
            ("<secret>", Placeholder),
            ("sk_test_<key>", Placeholder),
            ("changeme", Placeholder),
            ("change_me", Placeholder),
            ("undefined", Placeholder),
            ("sk_test_****abcd", Masked),
            ("sk_test_\u{2022}\u{2022}\u{2022}", Masked),
            ("\"sk_test_a\"", Quoted),
            ("'sk_test_a'", Quoted),
            ("sk_test_a\"", Quoted),
            ("\u{201c}sk_test_a\u{201d}", Quoted),
            ("CLERK_SECRET_KEY=sk_test_a", Named),
            ("export CLERK_SECRET_KEY=sk_test_a", Named),
            ("CLERK_SECRET_KEY: sk_test_a", Named),
            ("${CLERK_SECRET_KEY}", Variable),
            ("$CLERK_SECRET_KEY", Variable),
            ("$(cat key)", Variable),
            ("%CLERK_SECRET_KEY%", Variable),
            ("{{ secrets.key }}", Variable),
            ("[\"sk_test_a\"]", JsonList),
            ("pk_test_a", PublishableKey(Some(InstanceType::Development))),
            ("pk_live_a", PublishableKey(Some(InstanceType::Production))),
            ("sk_test_a", SecretKey(Some(InstanceType::Development))),
            ("sk_live_a", SecretKey(Some(InstanceType::Production))),
            ("ak_a", MachineSecretKey),
            ("mt_a", MachineToken),
            ("oat_a", MachineToken),
            ("whsec_YQ==", WebhookSecret),
            ("ins_2a", Id),
            ("eyJhbGciOiJSUzI1NiJ9.e30.c2ln", Jwt),
            (
                "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
                PublicKey,
            ),
            ("-----BEGIN RSA PRIVATE KEY-----", PrivateKey),
            (
                "-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----",
                Placeholder,
            ),
            ("{\"kty\":\"RSA\"}", JsonWebKey),
            ("/run/secrets/clerk", FilePath),
            ("./clerk.pem", FilePath),
            ("clerk.pem", FilePath),
            ("https://api.clerk.com", Url),
            (" ", Empty),
        ] {
            assert_eq!(ValueKind::of_key(text), Some(expected), "{text}");
        }
        // Clerk promises nothing of a key's form.
        for text in ["key-cf69", "sk", "abc123", "MIIBIjANBgkq", "planted"] {
            assert_eq!(ValueKind::of_key(text), None, "{text}");
        }
        for secret in [
            "sk_test_x",
            "sk_test_planted",
            "sk_live_0yourX1",
            "sk_test_secret",
        ] {
            assert!(
                matches!(ValueKind::of_key(secret), Some(SecretKey(_))),
                "{secret}"
            );
        }
    }
}

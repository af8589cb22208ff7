//! The forms of keys that are written in quotes. Whether Clerk knows a key cannot be told here; what is no key at all can.

use proc_macro2::Ident;
use syn::LitStr;

/// What a session or a machine's token can have under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Role,
    Permission,
    Feature,
    Plan,
    Scope,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Role,
        Self::Permission,
        Self::Feature,
        Self::Plan,
        Self::Scope,
    ];

    /// The name of the argument.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Permission => "permission",
            Self::Feature => "feature",
            Self::Plan => "plan",
            Self::Scope => "scope",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The type in `__private`, which is also the variant of `Requirement`.
    pub(crate) fn type_name(self) -> Ident {
        let name = match self {
            Self::Role => "Role",
            Self::Permission => "Permission",
            Self::Feature => "Feature",
            Self::Plan => "Plan",
            Self::Scope => "Scope",
        };
        Ident::new(name, proc_macro2::Span::call_site())
    }

    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Role => "org:admin",
            Self::Permission => "org:invoices:read",
            Self::Feature => "invoices",
            Self::Plan => "pro",
            Self::Scope => "invoices:read",
        }
    }

    /// Whether the key is the same as another: for those of an organization the prefix says nothing.
    pub(crate) fn normalised(self, key: &str) -> String {
        let mut key = key;
        if matches!(self, Self::Role | Self::Permission) {
            while let Some(rest) = key.strip_prefix("org:") {
                key = rest;
            }
        }
        key.to_owned()
    }

    /// Checks the form of a key.
    pub(crate) fn check(self, text: &LitStr) -> syn::Result<()> {
        let key = text.value();
        match self.misfit(&key) {
            Some(message) => Err(syn::Error::new_spanned(text, message)),
            None => Ok(()),
        }
    }

    fn misfit(self, key: &str) -> Option<String> {
        let example = self.example();
        let parts: Vec<&str> = key.split(':').collect();
        let are_words = parts.iter().all(|part| is_word(part));
        match (self, parts.as_slice()) {
            (Self::Scope, _) => (!is_scope(key)).then(|| {
                format!("a scope is one word without white space, quotes or backslashes, such as `{example:?}`")
            }),
            (_, [""]) => Some(format!("nobody has an empty {}: write one such as `{example:?}`", self.name())),
            _ if key.contains(|letter: char| letter.is_ascii_uppercase()) && key.split(':').all(is_word) => Some(format!(
                "Clerk's keys are in lower case, and keys are compared letter by letter, so no caller has this: write `{:?}`",
                key.to_ascii_lowercase()
            )),
            _ if key.contains([',', '|', ';']) || key.trim().contains(' ') && key.contains("org:") => Some(format!(
                "one text is one {name}: write `any({name} = \"..\", {name} = \"..\")` if one of several is enough",
                name = self.name()
            )),
            (Self::Permission, ["org", feature, ..]) if feature.starts_with("sys_") => Some(
                "system permissions (`org:sys_..`) are in no session token, so nobody would be let in: require a role, \
                 or a permission of your own"
                    .into(),
            ),
            (Self::Role, ["org", _]) | (Self::Permission, ["org", _, _]) if are_words => None,
            (Self::Role, [name]) if are_words => {
                Some(format!("a role is written with its prefix, as Clerk's dashboard shows it: `\"org:{name}\"`"))
            }
            (Self::Role, ["org", _, _]) if are_words => Some(format!(
                "this is the form of a permission, for `permission = ..` and `permissions!`; a role is one such as `{example:?}`"
            )),
            (Self::Role, _) => Some(format!("a role has the form `org:<role>`, such as `{example:?}`")),
            (Self::Permission, [feature, name]) if are_words && *feature != "org" => Some(format!(
                "a permission is written with its prefix, as Clerk's dashboard shows it: `\"org:{feature}:{name}\"`"
            )),
            (Self::Permission, ["org", _]) if are_words => Some(format!(
                "this is the form of a role, for `role = ..` and `roles!`; a permission is one such as `{example:?}`"
            )),
            (Self::Permission, _) => {
                Some(format!("a permission has the form `org:<feature>:<permission>`, such as `{example:?}`"))
            }
            (Self::Feature | Self::Plan, [_] | ["o" | "org" | "organization" | "u" | "user", _]) if are_words => None,
            (Self::Feature | Self::Plan, [scope, slug]) if are_words => Some(format!(
                "`{scope}` is not whose {} it can be: write `\"org:{slug}\"`, `\"user:{slug}\"` or, for either, \
                 `{slug:?}`",
                self.name()
            )),
            (Self::Feature | Self::Plan, _) => Some(format!(
                "a {} is named by its slug, such as `{example:?}`, after `org:` or `user:` if it is only one's",
                self.name()
            )),
        }
    }
}

fn is_word(part: &str) -> bool {
    !part.is_empty()
        && part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// RFC 6749 §3.3.
fn is_scope(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|char| char.is_ascii_graphic() && !"\"\\".contains(char))
}

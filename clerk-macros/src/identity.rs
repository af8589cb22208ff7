//! Names that speak of who calls, and where the verified value is found.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use crate::distance::distance;

/// The kinds of identities that the name of a parameter can stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Identity {
    User,
    /// Facts about a user that a session token has only if the application adds a claim.
    Profile,
    Organization,
    Slug,
    Role,
    Permission,
    Session,
    Token,
    ApiKey,
    Machine,
    Client,
    Scope,
    Actor,
    Claims,
    Auth,
    /// An id, without saying of what.
    Id,
}

/// The words, in the singular and in lower case.
const WORDS: [(Identity, &[&str]); 16] = [
    (
        Identity::User,
        &[
            "user",
            "usr",
            "uid",
            "sub",
            "subject",
            "me",
            "caller",
            "owner",
            "member",
            "account",
            "principal",
            "identity",
            "customer",
            "author",
            "viewer",
            "admin",
        ],
    ),
    (
        Identity::Profile,
        &["email", "username", "login", "nickname", "phone"],
    ),
    (
        Identity::Organization,
        &[
            "org",
            "organization",
            "organisation",
            "tenant",
            "workspace",
            "team",
            "company",
        ],
    ),
    (Identity::Slug, &["slug"]),
    (Identity::Role, &["role"]),
    (Identity::Permission, &["permission", "perm", "privilege"]),
    (Identity::Session, &["session", "sid"]),
    (Identity::Token, &["token", "jwt", "bearer", "credential"]),
    (Identity::ApiKey, &["apikey"]),
    (Identity::Machine, &["machine"]),
    (Identity::Client, &["client"]),
    (Identity::Scope, &["scope"]),
    (Identity::Actor, &["actor", "impersonator"]),
    (Identity::Claims, &["claim"]),
    (Identity::Auth, &["auth", "authorization", "authentication"]),
    (Identity::Id, &["id", "uuid", "guid"]),
];

/// The least length of a word that another one is compared with by its letters. Shorter ones are near too many.
const SHORTEST: usize = 4;

/// The same where a wrong guess refuses a name that would be good otherwise: `factor_text` is no `actor`.
const SHORTEST_IN_BODY_NAME: usize = 6;

impl Identity {
    /// Returns the identity that a name speaks of. Of several words the last one counts: an `org_role` is a role.
    pub(crate) fn of_name(name: &Ident) -> Option<Self> {
        Self::of_words(name, SHORTEST)
    }

    /// Returns the identity that a name speaks of although one of its words is for a body, as in `user_text`.
    pub(crate) fn in_body_name(name: &Ident) -> Option<Self> {
        Self::of_words(name, SHORTEST_IN_BODY_NAME)
    }

    fn of_words(name: &Ident, shortest: usize) -> Option<Self> {
        let words = words(name);
        let mut found = None;
        for (index, word) in words.iter().enumerate() {
            // `user_name` is one word of Clerk's.
            let joined = index
                .checked_sub(1)
                .map(|before| format!("{}{word}", words[before]));
            let this = joined
                .and_then(|joined| Self::of_word(&joined))
                .or_else(|| Self::of_word(word))
                .or_else(|| Self::near_word(word, shortest));
            // `user_id` is a user.
            if this == Some(Self::Id) && found.is_some() {
                continue;
            }
            found = this.or(found);
        }
        found
    }

    /// In the plural and with `id` behind it as well.
    fn of_word(word: &str) -> Option<Self> {
        let forms = ["", "s", "id", "ids"].map(|ending| word.strip_suffix(ending));
        let is_one = |candidate: &&str| forms.contains(&Some(*candidate));
        let mut groups = WORDS.into_iter();
        groups.find_map(|(identity, words)| words.iter().any(&is_one).then_some(identity))
    }

    fn near_word(word: &str, shortest: usize) -> Option<Self> {
        let is_near = |candidate: &&str| {
            let allowed = if candidate.len() < 9 { 1 } else { 2 };
            candidate.len() >= shortest && distance(word, candidate) <= allowed
        };
        let mut groups = WORDS.into_iter();
        groups.find_map(|(identity, words)| words.iter().any(&is_near).then_some(identity))
    }

    /// Returns where a protected handler finds the verified value.
    pub(crate) fn of_protected(self) -> &'static str {
        match self {
            Self::User => "the verified user is `user_id: UserId`",
            Self::Profile => {
                "take `claims: Claims<T>` if your session tokens have such a claim, or `user_id: UserId` and ask Clerk with \
                 `clerk.client().users().get_user(&user_id)`"
            }
            Self::Organization => "the active organization is `org_id: OrgId`",
            Self::Slug => "take `auth: SessionAuth` and call `auth.org_slug()`",
            Self::Role => "take `auth: SessionAuth` and call `auth.org_role()`",
            Self::Permission => "take `auth: SessionAuth` and call `auth.org_permissions()`",
            Self::Session => "the verified session is `session_id: SessionId`",
            Self::Token => "take `auth: SessionAuth` and call `auth.get_token()`",
            Self::ApiKey => "write `#[protected(token = \"api_key\")]` and take `machine: MachineAuth`",
            Self::Machine => "the verified machine is `machine: MachineAuth`",
            Self::Client => "take `machine: MachineAuth` and call `machine.client_id()`",
            Self::Scope => "take `machine: MachineAuth` and call `machine.scopes()`",
            Self::Actor => "take `auth: SessionAuth` and call `auth.actor()`",
            Self::Claims => "the verified claims are `claims: Claims<T>`",
            Self::Auth => "the auth object is `auth: SessionAuth`",
            Self::Id => {
                "the verified user is `user_id: UserId`, an id in the path is `Path(id): Path<String>`"
            }
        }
    }

    /// Returns where a public handler finds the value, if somebody is signed in.
    pub(crate) fn of_public(self) -> &'static str {
        match self {
            Self::User => "take `auth: Auth` and call `auth.user_id()`",
            Self::Profile => {
                "take `auth: Auth`, and read `auth.session_claims()` if your session tokens have such a claim, or ask \
                 Clerk with `clerk.client().users().get_user(..)`"
            }
            Self::Organization => "take `auth: Auth` and call `auth.org_id()`",
            Self::Slug => "take `auth: Auth` and call `auth.org_slug()`",
            Self::Role => "take `auth: Auth` and call `auth.org_role()`",
            Self::Permission => "take `auth: Auth` and call `auth.org_permissions()`",
            Self::Session => "take `auth: Auth` and call `auth.session_id()`",
            Self::Token => "take `auth: Auth` and call `auth.get_token()`",
            Self::ApiKey => "write `#[protected(token = \"api_key\")]` and take `machine: MachineAuth`",
            Self::Machine | Self::Client | Self::Scope => {
                "write `#[protected(token = ..)]` and take `machine: MachineAuth`"
            }
            Self::Actor => "take `auth: Auth` and call `auth.actor()`",
            Self::Claims => "take `auth: Auth` and call `auth.session_claims()`",
            Self::Auth => "the auth object is `auth: Auth`",
            Self::Id => {
                "take `auth: Auth` and call `auth.user_id()`; an id in the path is `Path(id): Path<String>`"
            }
        }
    }
}

/// Returns the words of a name in lower case: `_target_user`, `tenantId`, `HTMLBody` and `user2` have two, two, two and one.
pub(crate) fn words(name: &Ident) -> Vec<String> {
    let name: Vec<char> = name.unraw().to_string().chars().collect();
    let mut words = vec![String::new()];
    for (index, &letter) in name.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| name[before]);
        let after = name.get(index + 1);
        let begins = letter.is_uppercase()
            && (before.is_some_and(char::is_lowercase) || after.is_some_and(|after| after.is_lowercase()));
        if begins || !letter.is_alphabetic() {
            words.push(String::new());
        }
        if letter.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

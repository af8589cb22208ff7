//! Where this crate is knowingly stricter than Clerk's JavaScript SDK.

use std::fmt;

/// A deliberate difference from Clerk's own SDK, named by a stable id.
///
/// With four exceptions each of them can only turn a pass into a rejection, or one rejection into another. The exceptions
/// are [`StaleKeys`](Self::StaleKeys), which keeps an application up while Clerk cannot be reached; as RFC 9110 §11.1 asks,
/// the spelling of the word `Bearer` in [`BearerScheme`](Self::BearerScheme); and
/// [`ConflictingCookies`](Self::ConflictingCookies) and [`PlainCookies`](Self::PlainCookies), by which the browser's own
/// session counts beside cookies that another site has set. `KeySetRefresh`, `ClaimType` and `StaleKeys` are named by no
/// error: they show in calls that are not made and in values that are absent.
///
/// | id | here | Clerk's SDK |
/// | --- | --- | --- |
/// | D1 | `Bearer` in any case, then one space and exactly one token; anything else under that scheme, or a value without a scheme, is an invalid token | case-sensitive; bare tokens pass; further words are ignored |
/// | D2 | several `Authorization` headers, or one that is not visible ASCII, are an invalid token | joined; unreadable ones are skipped |
/// | D3 | canonical base64url without padding | padding is tolerated |
/// | D4 | a `crit` or `zip` header is refused | ignored |
/// | D5 | strict JSON: UTF-8, no duplicate member at any depth, at most 32 levels | last member wins, invalid text is replaced |
/// | D6 | a token has at most 16 KiB and its header 2 KiB, the cookies 32 KiB and 128 pairs | unlimited |
/// | D7 | with an audience configured, `aud` has to be there, well-formed and matching | missing or odd ones pass, except in OAuth tokens |
/// | D8 | `iss` has to be the instance of the publishable key | unchecked |
/// | D9 | a production instance needs authorized parties | optional |
/// | D10 | a request that a foreign site made with a cookie, and that is not safe (RFC 9110 §9.2.1), is answered 403 by guards and the layer | left to `SameSite` |
/// | D11 | a production instance takes the result of a handshake from its cookie only; in the query it starts a new handshake | from both |
/// | D12 | cookies that Clerk hands over are set if they are Clerk's own, put together anew | verbatim |
/// | D13 | three or more redirects are a loop, as is a count that is none; the counting cookie has `Path=/` | exactly three; no path |
/// | D14 | a development instance sends a browser back to its satellite's origin if that is an authorized party or an allowed redirect origin | to any URL |
/// | D15 | `X-Forwarded-Host` and `-Proto` count if the application says so, and only set host and scheme | always; the path is resolved against them |
/// | D16 | the category is checked of every session token, also of one that a handshake or a refresh brought | of most |
/// | D17 | Clerk's answer about a machine token has to be JSON, of the right type, not revoked and not expired, by its `expiration` too, and to say whose it is | any success is enough |
/// | D18 | a fetched key set replaces the former one and is fetched again ahead of time; a refetch for an unknown `kid` or after a failure waits | merged; when it is over; unlimited |
/// | D20 | a webhook has its id and time once and in visible ASCII, the time in digits only, at most 16 signatures, and a body with a type | joined; leading digits; unlimited; any JSON |
/// | D21 | RS256 only | whatever the key states |
/// | D22 | a handshake token that has expired starts a new handshake | accepted |
/// | D23 | RSA keys of 2048 to 8192 bits with `use`, `key_ops` and `alg` fit for RS256 verification; a set's other keys are unusable, and so is a `kid` that two different keys have | the platform decides; the last key of a `kid` counts |
/// | D24 | the header is judged before a key is looked up, so a hopeless token causes no fetch | keys are fetched first |
/// | D25 | `kid` has 1 to 128 characters of `A-Z a-z 0-9 . _ -` | anything |
/// | D26 | `sub`, `sid` and organization ids have 1 to 256 characters of `A-Z a-z 0-9 _ -` | anything |
/// | D27 | `exp`, `nbf`, `iat` lie between 0 and 2^53 | any number |
/// | D28 | a claim of the wrong JSON type counts as absent; scopes are a list | handed on as it is |
/// | D29 | a JWT key that is not an RSA public key of 2048 to 8192 bits, in the encoding that its PEM label names, is a configuration error | every token is rejected |
/// | D30 | while Clerk cannot be reached, keys stay usable for an hour | five minutes |
/// | D31 | of several session cookies of one name those count that Clerk has signed, and the newest of them if all are of one session; else, and with several `__client_uat`, a browser is sent to the handshake once and is then not signed in. Cookies that are not used do not count | the first one wins |
/// | D32 | an API address or version that cannot be one is a configuration error | every token is rejected |
/// | D33 | the whole configuration is checked when the handle is built, URLs and keys included, whatever tokens are accepted | what a request needs of it, when it needs it |
/// | D34 | an organization pattern has no look-around, back-reference or lone backslash at its end, and a parameter after two or more characters without a slash has a regular expression of its own | read as JavaScript does |
/// | D35 | plain cookies never take the place of the suffixed cookies of another session, unless `accept_newer_plain_cookies()` says so | newer plain cookies do |
/// | D36 | Clerk is asked about an opaque token or a nonce if it has 1 to 256 characters of `A-Z a-z 0-9 _ -` after the token's prefix; one of another form is unknown | about anything |
/// | D37 | the nonce of a handshake counts on a `GET` for a document; any other request is signed in by a session cookie or not at all. A nonce in a cookie that Clerk does not know is passed over if there is a session cookie | on any request |
/// | D38 | the calls that credentials of requests cause are bounded per handle, more for credentials that were verified within an hour; beyond the bounds a request is answered 503 | unlimited |
/// | D39 | a credential that Clerk does not know is refused for a minute without another call, and requests with one expired session share a refresh | each request asks |
/// | D40 | a setting that cannot work is a configuration error: a key of another kind or another type of instance, a placeholder, an authorized party or issuer that no token can have, settings that contradict each other | each token is rejected, or a check is off |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Deviation {
    /// D1: how the `Authorization` header is read.
    BearerScheme,
    /// D2: repeated or unreadable `Authorization` headers.
    RepeatedAuthorization,
    /// D3: canonical base64url.
    CanonicalBase64,
    /// D4: critical header members.
    Crit,
    /// D5: strict JSON.
    StrictJson,
    /// D6: size limits.
    SizeLimit,
    /// D7: a configured audience.
    Audience,
    /// D8: the instance's issuer.
    Issuer,
    /// D9: authorized parties in production.
    AuthorizedParties,
    /// D10: forged cross-site requests.
    CrossSite,
    /// D11: handshakes by query in production.
    HandshakeByQuery,
    /// D12: cookies handed over by Clerk.
    HandshakeDirective,
    /// D13: redirect loops.
    RedirectLoop,
    /// D14: open redirects in development.
    RedirectOrigin,
    /// D15: forwarded headers.
    ForwardedHeaders,
    /// D16: the category of every session token.
    TokenCategory,
    /// D17: answers about machine tokens.
    MachineTokenState,
    /// D18: replacing and refreshing key sets, and waiting between fetches.
    KeySetRefresh,
    /// D20: the form of webhooks.
    WebhookForm,
    /// D21: one algorithm.
    Rs256Only,
    /// D22: expired handshakes.
    HandshakeExpiry,
    /// D23: unusable keys in a key set.
    UnusableKey,
    /// D24: the header before the key.
    HeaderFirst,
    /// D25: the form of a `kid`.
    KidForm,
    /// D26: the form of ids.
    IdForm,
    /// D27: the range of times.
    NumericDate,
    /// D28: claims of the wrong type.
    ClaimType,
    /// D29: malformed JWT keys.
    JwtKeyForm,
    /// D30: keys outlive an outage of Clerk.
    StaleKeys,
    /// D31: conflicting cookies.
    ConflictingCookies,
    /// D32: malformed API addresses.
    ApiAddress,
    /// D33: the whole configuration, checked once.
    WholeConfiguration,
    /// D34: what organization patterns are made of.
    PatternForm,
    /// D35: plain cookies of another session.
    PlainCookies,
    /// D36: the form of credentials that Clerk is asked about.
    CredentialForm,
    /// D37: nonces of handshakes beside a document.
    NonceOnDocument,
    /// D38: bounded calls about credentials.
    CallBudget,
    /// D39: answers that are kept for a while.
    KeptAnswers,
    /// D40: settings that cannot work.
    UselessSetting,
}

impl Deviation {
    /// The stable id, such as `D1`.
    pub fn id(self) -> &'static str {
        match self {
            Self::BearerScheme => "D1",
            Self::RepeatedAuthorization => "D2",
            Self::CanonicalBase64 => "D3",
            Self::Crit => "D4",
            Self::StrictJson => "D5",
            Self::SizeLimit => "D6",
            Self::Audience => "D7",
            Self::Issuer => "D8",
            Self::AuthorizedParties => "D9",
            Self::CrossSite => "D10",
            Self::HandshakeByQuery => "D11",
            Self::HandshakeDirective => "D12",
            Self::RedirectLoop => "D13",
            Self::RedirectOrigin => "D14",
            Self::ForwardedHeaders => "D15",
            Self::TokenCategory => "D16",
            Self::MachineTokenState => "D17",
            Self::KeySetRefresh => "D18",
            Self::WebhookForm => "D20",
            Self::Rs256Only => "D21",
            Self::HandshakeExpiry => "D22",
            Self::UnusableKey => "D23",
            Self::HeaderFirst => "D24",
            Self::KidForm => "D25",
            Self::IdForm => "D26",
            Self::NumericDate => "D27",
            Self::ClaimType => "D28",
            Self::JwtKeyForm => "D29",
            Self::StaleKeys => "D30",
            Self::ConflictingCookies => "D31",
            Self::ApiAddress => "D32",
            Self::WholeConfiguration => "D33",
            Self::PatternForm => "D34",
            Self::PlainCookies => "D35",
            Self::CredentialForm => "D36",
            Self::NonceOnDocument => "D37",
            Self::CallBudget => "D38",
            Self::KeptAnswers => "D39",
            Self::UselessSetting => "D40",
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

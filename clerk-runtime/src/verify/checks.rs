//! The checks, in Clerk's order: header, signature, claims. Pure; the clock is an argument.

use super::class::TokenClass;
use crate::Deviation;
use crate::config::{ClaimRules, Issuers};
use crate::key::RsaVerifyingKey;
use crate::token::{
    Audience, Category, Claim, JsonField, SessionClaims, TokenVerificationError,
    TokenVerificationErrorReason as Reason, UnverifiedJwt, consists_of, is_id_byte, is_well_formed_id,
};

const OAUTH_TYPES: [&str; 2] = ["at+jwt", "application/at+jwt"];

/// Judges the JOSE header, and with it whether looking up a key is worth anything.
pub(super) fn check_header(
    jwt: &UnverifiedJwt<'_>,
    class: TokenClass<'_>,
) -> Result<(), TokenVerificationError> {
    let category_fits = match class {
        TokenClass::Session | TokenClass::SessionOfTypes(_) => jwt.category() != Category::M2m,
        TokenClass::M2m => jwt.category().may_be_m2m(),
        TokenClass::Oauth => true,
        TokenClass::Handshake => jwt.category().may_be_session(),
    };
    if !category_fits {
        return Err(refused(
            Reason::TokenInvalid,
            "the token is of another category (`cat`)",
        ));
    }
    let typ_fits = match (class, jwt.typ()) {
        (TokenClass::SessionOfTypes(types), JsonField::Present(typ)) => types.iter().any(|one| one == typ),
        (TokenClass::Oauth, JsonField::Present(typ)) => OAUTH_TYPES.contains(&typ),
        (TokenClass::SessionOfTypes(_) | TokenClass::Oauth, _) => false,
        (_, JsonField::Absent) => true,
        (_, JsonField::Present(typ)) => typ == "JWT",
        (_, JsonField::WrongType) => false,
    };
    if !typ_fits {
        return Err(refused(Reason::TokenInvalid, "the token's `typ` is not accepted"));
    }
    match jwt.alg() {
        JsonField::Present("RS256") => {}
        JsonField::Present("RS384" | "RS512") => {
            let error = refused(Reason::TokenInvalidAlgorithm, "the token's `alg` is not RS256");
            return Err(error.deviating(Deviation::Rs256Only));
        }
        _ => {
            return Err(refused(
                Reason::TokenInvalidAlgorithm,
                "the token's `alg` is not RS256",
            ));
        }
    }
    if jwt.demands_extension() {
        let error = refused(
            Reason::TokenInvalid,
            "the token demands an extension that is not understood (`crit` or `zip`)",
        );
        return Err(error.deviating(Deviation::Crit));
    }
    match jwt.kid() {
        JsonField::Absent => Ok(()),
        JsonField::Present(kid) if is_safe_kid(kid) => Ok(()),
        _ => {
            Err(refused(Reason::TokenInvalid, "the token's `kid` is malformed").deviating(Deviation::KidForm))
        }
    }
}

fn is_safe_kid(kid: &str) -> bool {
    consists_of(kid, 128, |byte| is_id_byte(byte) || byte == b'.')
}

/// Checks the signature over the bytes that were sent.
pub(super) fn check_signature(
    jwt: &UnverifiedJwt<'_>,
    key: &RsaVerifyingKey,
) -> Result<(), TokenVerificationError> {
    if key.verifies(jwt.signed_part().as_bytes(), jwt.signature()) {
        Ok(())
    } else {
        Err(refused(
            Reason::TokenInvalidSignature,
            "the token's signature does not match",
        ))
    }
}

/// Checks the claims of a token whose signature is good.
pub(super) fn check_claims(
    claims: &SessionClaims,
    class: TokenClass<'_>,
    rules: &ClaimRules,
    now_ms: i64,
) -> Result<(), TokenVerificationError> {
    if class == TokenClass::Handshake {
        return check_handshake_expiry(claims, rules.clock_skew_in_ms, now_ms);
    }
    check_validity(claims, class, rules, now_ms)?;
    check_ids(claims)
}

/// Checks what depends on more than the claims: on the rules and on the time.
fn check_validity(
    claims: &SessionClaims,
    class: TokenClass<'_>,
    rules: &ClaimRules,
    now_ms: i64,
) -> Result<(), TokenVerificationError> {
    check_subject(claims.sub())?;
    check_audience(claims.aud(), class, rules)?;
    if matches!(class, TokenClass::Session | TokenClass::SessionOfTypes(_)) {
        check_authorized_party(claims.azp(), rules)?;
        check_issuer(claims.iss(), rules)?;
    }
    check_times(claims, rules.clock_skew_in_ms, now_ms)
}

fn check_handshake_expiry(
    claims: &SessionClaims,
    skew_ms: i64,
    now_ms: i64,
) -> Result<(), TokenVerificationError> {
    let is_over = |exp: f64| exp * 1000.0 <= now_ms.saturating_sub(skew_ms) as f64;
    match claims.exp() {
        Claim::Absent => Ok(()),
        Claim::Present(exp) if !is_over(exp) => Ok(()),
        Claim::Present(_) | Claim::Null | Claim::WrongType => {
            let error = refused(Reason::TokenExpired, "the handshake is over (`exp`)");
            Err(error.deviating(Deviation::HandshakeExpiry))
        }
    }
}

fn check_subject(sub: Claim<&str>) -> Result<(), TokenVerificationError> {
    match sub {
        Claim::Present("") => {
            let error = refused(Reason::TokenVerificationFailed, "the token's `sub` is empty");
            Err(error.deviating(Deviation::IdForm))
        }
        Claim::Present(_) => Ok(()),
        Claim::Absent | Claim::Null | Claim::WrongType => Err(refused(
            Reason::TokenVerificationFailed,
            "the token has no `sub` that is text",
        )),
    }
}

fn check_audience<'a>(
    aud: Audience<impl Iterator<Item = &'a str> + Clone>,
    class: TokenClass<'_>,
    rules: &ClaimRules,
) -> Result<(), TokenVerificationError> {
    let Some(accepted) = &rules.audience else {
        return Ok(());
    };
    let error = |message| refused(Reason::TokenVerificationFailed, message);
    match aud {
        Audience::OneOf(audience) if class == TokenClass::Oauth && audience.clone().any(str::is_empty) => {
            Err(error("the token's audience is malformed (`aud`)"))
        }
        Audience::OneOf(audience) if audience.clone().any(|one| accepted.iter().any(|own| own == one)) => {
            Ok(())
        }
        Audience::OneOf(_) => Err(error("the token is not for this audience (`aud`)")),
        Audience::Missing | Audience::WrongType => {
            let error = error("the token does not say for whom it is (`aud`)");
            Err(match class {
                // Clerk's SDK refuses an OAuth token for it as well.
                TokenClass::Oauth => error,
                _ => error.deviating(Deviation::Audience),
            })
        }
    }
}

fn check_authorized_party(azp: Claim<&str>, rules: &ClaimRules) -> Result<(), TokenVerificationError> {
    let Some(parties) = &rules.authorized_parties else {
        return Ok(());
    };
    match azp.as_str() {
        Some(azp) if !azp.is_empty() && parties.iter().any(|party| party == azp) => Ok(()),
        _ => Err(refused(
            Reason::TokenInvalidAuthorizedParties,
            "the token was made for a site that is not an authorized party (`azp`)",
        )),
    }
}

fn check_issuer(iss: Claim<&str>, rules: &ClaimRules) -> Result<(), TokenVerificationError> {
    let (issuers, deviation) = match &rules.issuers {
        None => return Ok(()),
        Some(Issuers::Listed(issuers)) => (issuers, None),
        Some(Issuers::Derived(issuers)) => (issuers, Some(Deviation::Issuer)),
    };
    if iss
        .as_str()
        .is_some_and(|iss| issuers.iter().any(|issuer| issuer == iss))
    {
        return Ok(());
    }
    let error = refused(
        Reason::TokenInvalidIssuer,
        "the token is not from this instance (`iss`)",
    );
    Err(match deviation {
        None => error,
        Some(deviation) => error.deviating(deviation),
    })
}

/// Checks what can change for a token that passed before: its times.
pub(super) fn check_times(
    claims: &SessionClaims,
    skew_ms: i64,
    now_ms: i64,
) -> Result<(), TokenVerificationError> {
    let Some(exp) = numeric_date(claims.exp())? else {
        return Err(refused(
            Reason::TokenVerificationFailed,
            "the token has no expiry (`exp`)",
        ));
    };
    if millis(exp) <= now_ms.saturating_sub(skew_ms) {
        return Err(refused(Reason::TokenExpired, "the token has expired (`exp`)"));
    }
    let latest = now_ms.saturating_add(skew_ms);
    if numeric_date(claims.nbf())?.is_some_and(|nbf| millis(nbf) > latest) {
        return Err(refused(
            Reason::TokenNotActiveYet,
            "the token is not valid yet (`nbf`)",
        ));
    }
    if numeric_date(claims.iat())?.is_some_and(|iat| millis(iat) > latest) {
        return Err(refused(
            Reason::TokenIatInTheFuture,
            "the token was issued in the future (`iat`)",
        ));
    }
    Ok(())
}

/// Seconds since the epoch, fractions dropped (RFC 7519 §2).
fn numeric_date(claim: Claim<f64>) -> Result<Option<i64>, TokenVerificationError> {
    const MAX: f64 = 9_007_199_254_740_992.0;
    match claim {
        Claim::Absent => Ok(None),
        Claim::Null | Claim::WrongType => Err(refused(
            Reason::TokenVerificationFailed,
            "one of the token's times is not a number",
        )),
        Claim::Present(seconds) if (0.0..=MAX).contains(&seconds) => Ok(Some(seconds as i64)),
        Claim::Present(_) => {
            let error = refused(
                Reason::TokenVerificationFailed,
                "one of the token's times is out of range",
            );
            Err(error.deviating(Deviation::NumericDate))
        }
    }
}

fn millis(seconds: i64) -> i64 {
    seconds.saturating_mul(1000)
}

fn check_ids(claims: &SessionClaims) -> Result<(), TokenVerificationError> {
    let ids = [claims.sub().as_str(), claims.sid().as_str(), claims.org_id()];
    if ids.into_iter().flatten().all(is_well_formed_id) {
        Ok(())
    } else {
        Err(refused(Reason::TokenInvalid, "an id in the token is malformed").deviating(Deviation::IdForm))
    }
}

fn refused(reason: Reason, message: &'static str) -> TokenVerificationError {
    TokenVerificationError::new(reason, message)
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;

    #[test]
    fn an_empty_audience_spoils_an_access_token_and_no_other() {
        let rules = ClaimRules {
            authorized_parties: None,
            audience: Some(vec!["https://api.test".to_owned()]),
            issuers: None,
            clock_skew_in_ms: 0,
        };
        fn texts<'a>(texts: &'a [&'a str]) -> Audience<impl Iterator<Item = &'a str> + Clone + Debug> {
            Audience::OneOf(texts.iter().copied())
        }
        for (aud, class, is_good) in [
            (texts(&["https://api.test"]), TokenClass::Oauth, true),
            (texts(&["", "https://api.test"]), TokenClass::Oauth, false),
            (texts(&["", "https://api.test"]), TokenClass::Session, true),
            (texts(&["", "https://api.test"]), TokenClass::M2m, true),
            (texts(&["https://other.test"]), TokenClass::Oauth, false),
            (texts(&[]), TokenClass::Session, false),
            (Audience::Missing, TokenClass::Session, false),
            (Audience::WrongType, TokenClass::Oauth, false),
        ] {
            let result = check_audience(aud.clone(), class, &rules);
            assert_eq!(result.is_ok(), is_good, "{aud:?} {class:?}");
        }
        for class in [TokenClass::Session, TokenClass::M2m, TokenClass::Oauth] {
            for aud in [Audience::Missing, Audience::WrongType] {
                let aud: Audience<std::iter::Empty<&str>> = aud;
                let deviation = check_audience(aud, class, &rules).unwrap_err().deviation();
                let is_stricter_here = class != TokenClass::Oauth;
                assert_eq!(
                    deviation,
                    is_stricter_here.then_some(Deviation::Audience),
                    "{class:?}"
                );
            }
        }
    }
}

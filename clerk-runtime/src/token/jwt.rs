//! The parser of JWTs.

use memchr::memchr_iter;

use super::base64url::{self, Base64Error, DecodedPart};
use super::header::{Category, Header, JsonField};
use super::json::{self, Document, JsonError};
use super::span::{DecodedToken, Span, SpanRecorder};
use super::{SessionClaims, TokenVerificationError, TokenVerificationErrorReason as Reason};
use crate::Deviation;

/// The maximum length of a token, in bytes.
const MAX_TOKEN: usize = 16 * 1024;
/// The maximum length of an encoded header, in bytes.
const MAX_HEADER: usize = 2 * 1024;

/// A parsed and decoded token. **Its signature was not checked.**
///
/// Use its contents only for decisions that do not give access, such as which error to report. `Debug` shows no part of the
/// token.
pub struct UnverifiedJwt<'a> {
    signed_part: &'a str,
    signature: DecodedPart,
    header: Header,
    claims: SessionClaims,
}

impl<'a> UnverifiedJwt<'a> {
    /// Parses a token: three parts of canonical base64url, the first two of them strict JSON (RFC 7515 §7.1).
    ///
    /// # Errors
    /// Reason `token-invalid`, or `unexpected-error` if the header or the payload is `null`.
    pub fn parse(token: &'a str) -> Result<Self, TokenVerificationError> {
        Self::parse_with(token, || {
            // Clerk's SDK fails on `null`, here and in the header, with this reason.
            Err(TokenVerificationError::new(
                Reason::UnexpectedError,
                "the token's payload is null",
            ))
        })
    }

    /// Parses a token whose payload may be `null`: that of a handshake or of a machine. It then has no claims.
    pub(crate) fn parse_nullable(token: &'a str) -> Result<Self, TokenVerificationError> {
        Self::parse_with(token, || Ok(()))
    }

    fn parse_with(
        token: &'a str,
        if_null: impl FnOnce() -> Result<(), TokenVerificationError>,
    ) -> Result<Self, TokenVerificationError> {
        let parts = EncodedParts::parse(token)?;
        // Filled in place: the struct is large, and moving its parts would cost more than some of the steps.
        let mut jwt = Self {
            signed_part: parts.signed_part,
            signature: DecodedPart::default(),
            header: Header::default(),
            claims: SessionClaims::default(),
        };
        jwt.fill(&parts, if_null)?;
        Ok(jwt)
    }

    fn fill(
        &mut self,
        parts: &EncodedParts<'_>,
        if_null: impl FnOnce() -> Result<(), TokenVerificationError>,
    ) -> Result<(), TokenVerificationError> {
        // The decoded header is only needed until the payload is decoded, so it uses the buffer of the signature.
        let header = as_json(self.signature.decode(parts.header).map_err(not_base64url)?)?;
        let mut spans = SpanRecorder::new(header, 0);
        let document = json::parse_strict(&mut spans, &mut self.header).map_err(not_json)?;
        if document == Document::Null {
            return Err(TokenVerificationError::new(
                Reason::UnexpectedError,
                "the token's header is null",
            ));
        }
        let (mut decoded, start) = decode_payload(parts.payload, [header, &spans.into_unescaped()])?;
        let payload = decoded.get(start..).unwrap_or_default();
        let span = Span::new(start, payload.len());
        let mut spans = SpanRecorder::new(payload, start);
        let document = json::parse_strict(&mut spans, self.claims.set_mut()).map_err(not_json)?;
        if document == Document::Null {
            if_null()?;
        }
        let unescaped = spans.into_unescaped();
        decoded.push_str(&unescaped);
        self.claims.set_decoded(DecodedToken::new(decoded), span);
        self.signature.decode(parts.signature).map_err(not_base64url)?;
        Ok(())
    }

    /// Returns whether a token is rejected before its contents are read, and no rule of this crate alone is the reason.
    pub(crate) fn is_malformed(token: &str) -> bool {
        let read_header = |parts: EncodedParts<'_>| match parts.header.as_bytes() {
            // The first letter is enough to reject most strings that are not tokens.
            [first, .., last] if *last != b'=' && !may_begin_json(*first) => {
                Err(not_json(JsonError::Malformed))
            }
            _ => as_json(
                DecodedPart::default()
                    .decode(parts.header)
                    .map_err(not_base64url)?,
            )
            .map(drop),
        };
        EncodedParts::parse(token)
            .and_then(read_header)
            .is_err_and(|error| error.deviation().is_none())
    }

    /// Returns the bytes of the payload, JSON.
    pub fn payload(&self) -> &[u8] {
        self.claims.payload().as_bytes()
    }

    pub(crate) fn signed_part(&self) -> &'a str {
        self.signed_part
    }

    pub(crate) fn signature(&self) -> &[u8] {
        self.signature.as_slice()
    }

    pub(crate) fn alg(&self) -> JsonField<&str> {
        self.header.alg.resolve(self.claims.decoded())
    }

    pub(crate) fn typ(&self) -> JsonField<&str> {
        self.header.typ.resolve(self.claims.decoded())
    }

    pub(crate) fn kid(&self) -> JsonField<&str> {
        self.header.kid.resolve(self.claims.decoded())
    }

    pub(crate) fn category(&self) -> Category {
        self.header.category
    }

    /// Returns whether the header has `crit` (RFC 7515 §4.1.11), or `zip`, which only encrypted tokens may have.
    pub(crate) fn demands_extension(&self) -> bool {
        self.header.demands_extension
    }

    pub(crate) fn claims(&self) -> &SessionClaims {
        &self.claims
    }

    /// Returns the span of `kid`, which the claims can [resolve](SessionClaims::get).
    pub(crate) fn kid_span(&self) -> Option<Span> {
        match self.header.kid {
            JsonField::Present(kid) => Some(kid),
            JsonField::Absent | JsonField::WrongType => None,
        }
    }

    /// Takes the claims out and leaves none.
    pub(crate) fn take_claims(&mut self) -> SessionClaims {
        std::mem::take(&mut self.claims)
    }
}

impl std::fmt::Debug for UnverifiedJwt<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnverifiedJwt").finish_non_exhaustive()
    }
}

/// The parts of a token before they are decoded (RFC 7515 §7.1).
struct EncodedParts<'a> {
    header: &'a str,
    payload: &'a str,
    signed_part: &'a str,
    signature: &'a str,
}

impl<'a> EncodedParts<'a> {
    fn parse(token: &'a str) -> Result<Self, TokenVerificationError> {
        if token.len() > MAX_TOKEN {
            return Err(invalid("the token is longer than 16 KiB").deviating(Deviation::SizeLimit));
        }
        let mut dots = memchr_iter(b'.', token.as_bytes());
        let (Some(first), Some(second), None) = (dots.next(), dots.next(), dots.next()) else {
            return Err(invalid("the token does not have three parts"));
        };
        let header = &token[..first];
        if header.len() > MAX_HEADER {
            return Err(invalid("the token's header is longer than 2 KiB").deviating(Deviation::SizeLimit));
        }
        Ok(Self {
            header,
            payload: &token[first + 1..second],
            signed_part: &token[..second],
            signature: &token[second + 1..],
        })
    }
}

/// Returns whether this base64url letter encodes the first six bits of a [byte](json::FIRST_BYTES) that JSON can start with.
fn may_begin_json(letter: u8) -> bool {
    matches!(
        letter,
        b'C' | b'D' | b'I' | b'L'..=b'O' | b'W' | b'Z' | b'b' | b'd' | b'e' | b'7'
    )
}

fn as_json(bytes: &[u8]) -> Result<&str, TokenVerificationError> {
    str::from_utf8(bytes).map_err(|_| not_json(json::classify_error(bytes)))
}

/// Decodes the payload after the strings in `before`. Returns all of it and the offset of the payload.
fn decode_payload(part: &str, before: [&str; 2]) -> Result<(String, usize), TokenVerificationError> {
    let start = before.map(str::len).iter().sum();
    let mut decoded = Vec::with_capacity(start + base64url::decoded_capacity(part));
    before
        .iter()
        .for_each(|before| decoded.extend_from_slice(before.as_bytes()));
    base64url::decode_append(&mut decoded, part).map_err(not_base64url)?;
    let decoded = String::from_utf8(decoded).map_err(|error| {
        let json = error.as_bytes().get(start..).unwrap_or_default();
        not_json(json::classify_error(json))
    })?;
    Ok((decoded, start))
}

fn not_base64url(error: Base64Error) -> TokenVerificationError {
    let refused = invalid("a part of the token is not canonical base64url");
    match error {
        Base64Error::Padded => refused.deviating(Deviation::CanonicalBase64),
        Base64Error::Malformed => refused,
    }
}

fn not_json(error: JsonError) -> TokenVerificationError {
    match error {
        JsonError::NotStrict => {
            invalid("a part of the token is not strict JSON").deviating(Deviation::StrictJson)
        }
        JsonError::Malformed => invalid("a part of the token is not JSON"),
    }
}

fn invalid(message: &'static str) -> TokenVerificationError {
    TokenVerificationError::new(Reason::TokenInvalid, message)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    use super::*;
    use crate::token::Claim;

    fn token(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>, signature: &[u8]) -> String {
        let encode = |part: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(part);
        [header.as_ref(), payload.as_ref(), signature]
            .map(encode)
            .join(".")
    }

    #[test]
    fn strings_of_both_parts_are_kept_with_and_without_escapes() {
        for (header, payload) in [
            (
                r#"{"alg":"RS256","typ":"JWT","kid":"ins_1"}"#,
                r#"{"sub":"user_1","iss":"https://a"}"#,
            ),
            (
                r#"{"alg":"RS\u00325\u0036","typ":"JW\u0054","kid":"\u0069ns_1"}"#,
                r#"{"sub":"user_\u0031","iss":"https:\/\/a"}"#,
            ),
        ] {
            let token = token(header, payload, b"signature");
            let jwt = UnverifiedJwt::parse(&token).unwrap();
            assert_eq!(jwt.alg(), JsonField::Present("RS256"));
            assert_eq!(jwt.typ(), JsonField::Present("JWT"));
            assert_eq!(jwt.kid(), JsonField::Present("ins_1"));
            assert_eq!(jwt.claims().sub(), Claim::Present("user_1"));
            assert_eq!(jwt.claims().iss(), Claim::Present("https://a"));
            assert_eq!(jwt.payload(), payload.as_bytes());
            assert_eq!(jwt.signature(), b"signature");
            let kid = jwt.kid_span().unwrap();
            assert_eq!(jwt.claims().get(kid), "ins_1");
        }
    }

    #[test]
    fn first_letters_are_those_of_first_bytes() {
        for byte in 0..=u8::MAX {
            let letter = BASE64_URL_SAFE_NO_PAD.encode([byte]).as_bytes()[0];
            let others = (byte & 0b1111_1100)..=(byte | 0b11);
            let expected = others.into_iter().any(|byte| json::FIRST_BYTES.contains(&byte));
            assert_eq!(may_begin_json(letter), expected, "{byte}");
        }
        let letters = (0..=u8::MAX).filter(|letter| may_begin_json(*letter));
        assert_eq!(letters.count(), 13);
    }

    #[test]
    fn malformed_tokens_are_rejected_by_every_parser() {
        for (text, is_malformed) in [
            ("", true),
            ("not.a.token", true),
            ("two.parts", true),
            ("e30.e30.e30.e30", true),
            (".e30.", false),
            ("e30!.e30.", true),
            ("e30=.e30.", false),
            ("bnVsbA.e30.", false),
            ("e30.e30.", false),
            ("e30.!.", false),
            ("xyw.e30.", true),
            ("x.e30.", true),
            ("xx=.e30.", true),
            ("xw=.e30.", false),
            ("77u_e30.e30.", false),
            ("IHsi.e30.", false),
            (&"x".repeat(MAX_TOKEN), true),
            (&"x".repeat(MAX_TOKEN + 1), false),
            (&format!("{}.e30.", "e".repeat(MAX_HEADER)), true),
            (&format!("{}.e30.", "e".repeat(MAX_HEADER + 1)), false),
        ] {
            assert_eq!(UnverifiedJwt::is_malformed(text), is_malformed, "{text}");
            if is_malformed {
                let error = UnverifiedJwt::parse(text).unwrap_err();
                assert_eq!(
                    (error.reason(), error.deviation()),
                    (Reason::TokenInvalid, None),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn parts_may_be_longer_than_the_inline_buffer() {
        for length in [0, 1, 254, 255, 256, 257, 258, 512, 1024, 5000] {
            let signature: Vec<u8> = (0..length).map(|byte| byte as u8).collect();
            let header = format!(r#"{{"x":"{}","alg":"RS256"}}"#, "x".repeat(length.min(1400)));
            let token = token(header, "{}", &signature);
            let jwt = UnverifiedJwt::parse(&token).unwrap();
            assert_eq!(jwt.signature(), signature);
            assert_eq!(jwt.alg(), JsonField::Present("RS256"));
            let padded = UnverifiedJwt::parse(&format!("{token}=")).unwrap_err();
            assert_eq!(padded.deviation(), Some(Deviation::CanonicalBase64));
            let other = UnverifiedJwt::parse(&format!("{token}+")).unwrap_err();
            assert_eq!((other.reason(), other.deviation()), (Reason::TokenInvalid, None));
        }
    }

    #[test]
    fn parts_that_are_not_utf_8_are_not_json() {
        let deviation = |header: &[u8], payload: &[u8]| {
            let error = UnverifiedJwt::parse(&token(header, payload, b"")).unwrap_err();
            assert_eq!(error.reason(), Reason::TokenInvalid);
            error.deviation()
        };
        for (bytes, expected) in [
            (&b"{\"sub\":\"\xff\"}"[..], Some(Deviation::StrictJson)),
            (b"{\"\xed\xa0\x80\":1}", Some(Deviation::StrictJson)),
            (b"{\"sub\":\xff}", None),
            (b"\xff", None),
        ] {
            assert_eq!(deviation(bytes, b"{}"), expected, "{bytes:?}");
            assert_eq!(deviation(b"{}", bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn only_handshakes_may_have_a_null_payload() {
        let token = token("{}", "null", b"");
        let error = UnverifiedJwt::parse(&token).unwrap_err();
        assert_eq!(error.reason(), Reason::UnexpectedError);
        let jwt = UnverifiedJwt::parse_nullable(&token).unwrap();
        assert_eq!((jwt.payload(), jwt.claims().sub()), (&b"null"[..], Claim::Absent));
        let text = token.replace(&BASE64_URL_SAFE_NO_PAD.encode("null"), "WzFd");
        assert_eq!(UnverifiedJwt::parse(&text).unwrap().payload(), b"[1]");
    }
}

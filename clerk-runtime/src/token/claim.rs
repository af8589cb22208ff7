use super::json::JsonScalar;
use super::span::{DecodedToken, Span, SpanRecorder};

/// A claim with its JSON type checked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Claim<T> {
    #[default]
    Absent,
    Present(T),
    /// `null` in place of a number.
    Null,
    /// Present, but of the wrong JSON type.
    WrongType,
}

impl<'a> Claim<&'a str> {
    /// Returns the string, or `None` if the claim is absent or of the wrong type.
    pub(crate) fn as_str(self) -> Option<&'a str> {
        match self {
            Self::Present(text) => Some(text),
            Self::Absent | Self::Null | Self::WrongType => None,
        }
    }
}

impl Claim<Span> {
    pub(super) fn parse_string(scalar: JsonScalar, _: &SpanRecorder<'_>) -> Self {
        match scalar {
            JsonScalar::String(span) => Self::Present(span),
            _ => Self::WrongType,
        }
    }

    pub(super) fn resolve(self, decoded: &DecodedToken) -> Claim<&str> {
        match self {
            Self::Absent => Claim::Absent,
            Self::Present(span) => Claim::Present(decoded.get(span)),
            Self::Null => Claim::Null,
            Self::WrongType => Claim::WrongType,
        }
    }
}

impl Claim<f64> {
    pub(super) fn parse_number(scalar: JsonScalar, _: &SpanRecorder<'_>) -> Self {
        match scalar {
            JsonScalar::Null => Self::Null,
            JsonScalar::Number(number) => Self::Present(number),
            _ => Self::WrongType,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::SessionClaims;

    #[test]
    fn types_of_claims() {
        use Claim::{Absent, Null, Present, WrongType};
        for (json, number, text) in [
            ("null", Null, WrongType),
            ("0", Present(0.0), WrongType),
            ("-1.5", Present(-1.5), WrongType),
            (r#""0""#, WrongType, Present("0")),
            (r#""""#, WrongType, Present("")),
            ("false", WrongType, WrongType),
            ("[0]", WrongType, WrongType),
            (r#"{"0":"0"}"#, WrongType, WrongType),
        ] {
            let claims = format!(r#"{{"iat":{json},"sub":{json}}}"#);
            let claims = SessionClaims::from_payload(&claims).unwrap();
            assert_eq!((claims.iat(), claims.sub()), (number, text), "{json}");
        }
        let nothing = SessionClaims::from_payload("{}").unwrap();
        assert_eq!((nothing.iat(), nothing.sub()), (Absent, Absent));
    }
}

use super::json::Found;
use super::text::{Decoded, Text, Texts};

/// A claim as it was found.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Claim<T> {
    #[default]
    Absent,
    Present(T),
    /// A number that is `null`.
    Null,
    /// There, but of the wrong JSON type.
    Odd,
}

impl<'a> Claim<&'a str> {
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Present(text) => Some(text),
            Self::Absent | Self::Null | Self::Odd => None,
        }
    }
}

impl Claim<Text> {
    pub(super) fn text_of(found: Found, _: &Texts<'_>) -> Self {
        match found {
            Found::Text(text) => Self::Present(text),
            _ => Self::Odd,
        }
    }

    pub(super) fn resolve(self, decoded: &Decoded) -> Claim<&str> {
        match self {
            Self::Absent => Claim::Absent,
            Self::Present(text) => Claim::Present(decoded.text(text)),
            Self::Null => Claim::Null,
            Self::Odd => Claim::Odd,
        }
    }
}

impl Claim<f64> {
    pub(super) fn number_of(found: Found, _: &Texts<'_>) -> Self {
        match found {
            Found::Null => Self::Null,
            Found::Number(number) => Self::Present(number),
            _ => Self::Odd,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::SessionClaims;

    #[test]
    fn what_a_claim_is_of_is_told_apart() {
        use Claim::{Absent, Null, Odd, Present};
        for (json, number, text) in [
            ("null", Null, Odd),
            ("0", Present(0.0), Odd),
            ("-1.5", Present(-1.5), Odd),
            (r#""0""#, Odd, Present("0")),
            (r#""""#, Odd, Present("")),
            ("false", Odd, Odd),
            ("[0]", Odd, Odd),
            (r#"{"0":"0"}"#, Odd, Odd),
        ] {
            let claims = format!(r#"{{"iat":{json},"sub":{json}}}"#);
            let claims = SessionClaims::from_payload(&claims).unwrap();
            assert_eq!((claims.iat(), claims.sub()), (number, text), "{json}");
        }
        let nothing = SessionClaims::from_payload("{}").unwrap();
        assert_eq!((nothing.iat(), nothing.sub()), (Absent, Absent));
    }
}

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What `application/x-www-form-urlencoded` leaves alone (WHATWG URL), except that a space becomes `%20`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// The parameters of a query or of a form, `application/x-www-form-urlencoded`.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decoded(name), decoded(value))
                })
                .collect(),
        )
    }

    /// All values of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let own = self.0.iter().filter(move |(other, _)| other == name);
        own.map(|(_, value)| value.as_str())
    }

    /// The first value of a name.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find_map(|(other, value)| (other == name).then_some(value.as_str()))
    }
}

/// A value as it may stand in a query.
pub(crate) fn encoded(value: &str) -> String {
    utf8_percent_encode(value, FORM).to_string()
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_decoded_and_the_first_counts() {
        let params = Params::parse("a=1&b=x+y%26z&a=2&&c&%64=%FF");
        assert_eq!(params.first("a"), Some("1"));
        assert_eq!(params.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(params.first("b"), Some("x y&z"));
        assert_eq!(params.first("c"), Some(""));
        assert_eq!(params.first("d"), Some("\u{fffd}"));
        assert_eq!(params.first("e"), None);
    }

    #[test]
    fn what_is_encoded_is_decoded_again() {
        let odd = "a b&c=d/\u{e9}?#%+";
        assert_eq!(
            Params::parse(&format!("x={}", encoded(odd))).first("x"),
            Some(odd)
        );
    }
}

use jsonwebtoken::{DecodingKey, DecodingKeyKind};

use super::{KeyError, RsaVerifyingKey};

/// The public key of an instance, given by configuration, which makes verification networkless.
///
/// Accepted are SPKI (`PUBLIC KEY`) and PKCS#1 (`RSA PUBLIC KEY`) with 2048 to 8192 bits, in the spellings that keys take
/// on their way through environment variables: any line ends or none, spaces or tabs, the two characters `\n` in place of
/// a line break, and without one or both of the marker lines.
#[derive(Debug, Clone)]
pub struct JwtKey(RsaVerifyingKey);

impl JwtKey {
    /// Parses a PEM public key.
    ///
    /// # Errors
    /// [`KeyError::NotPublic`] for a private key or certificate, [`KeyError::Weak`] for a key of another size,
    /// [`KeyError::Pem`] for everything else.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let body = bare_base64(pem)?;
        for label in ["PUBLIC KEY", "RSA PUBLIC KEY"] {
            let canonical = format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", body);
            let Ok(key) = DecodingKey::from_rsa_pem(canonical.as_bytes()) else {
                continue;
            };
            let DecodingKeyKind::SecretOrDer(der) = key.kind() else {
                continue;
            };
            match RsaVerifyingKey::from_pkcs1(der) {
                Err(KeyError::Pem) => {}
                other => return other.map(Self),
            }
        }
        Err(KeyError::Pem)
    }

    pub(crate) fn verifying_key(&self) -> &RsaVerifyingKey {
        &self.0
    }
}

/// What stands between the markers, without anything that is not base64.
fn bare_base64(pem: &str) -> Result<String, KeyError> {
    if ["PRIVATE KEY", "CERTIFICATE"]
        .iter()
        .any(|label| pem.contains(label))
    {
        return Err(KeyError::NotPublic);
    }
    let mut body = pem.replace("\\r", "").replace("\\n", "\n");
    for marker in [
        "BEGIN RSA PUBLIC KEY",
        "END RSA PUBLIC KEY",
        "BEGIN PUBLIC KEY",
        "END PUBLIC KEY",
    ] {
        body = body.replace(&format!("-----{marker}-----"), "");
    }
    body.retain(|c| !c.is_whitespace());
    if body.is_empty() {
        Err(KeyError::Pem)
    } else {
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Public halves of keys that nobody has.
    const SPKI: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq950dlxmhT/I2p3Fy+qDP4W/sNWP8fXnhKPryqaAR98eJQg7myz4F9CeSYl9NQq0iiSzTRku2/XQotvUhNUFv7b6Xctf+6XX9++rV6AM0UM+M5HCX1BhMBw/V9jVRy5ao1hMxvRcZ001RVk/z7hUwtFEPl8PwTriWEYlbb5mgOP+MG7u225to9EB7AxlQFA0eh8wakLuNSwdzgVMwxbW9Iwk8lwFwOw7Yk+fvqvmq1xRl66EiW5YO4+N7xTJW4HRJK5xUbJ+LHOJdAFgbTSO0P30oohfmhkghgBoAjYVwTDA9Elgmu3y5TapESZnD1DUp+tFaogK6mKDrdwalgjKZQIDAQAB";

    fn pem(separator: &str) -> String {
        let lines: Vec<&str> = SPKI
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        format!(
            "-----BEGIN PUBLIC KEY-----{separator}{}{separator}-----END PUBLIC KEY-----",
            lines.join(separator)
        )
    }

    #[test]
    fn every_spelling_of_a_key_is_the_same_key() {
        let plain = JwtKey::from_pem(&pem("\n")).unwrap();
        let pkcs1 = {
            let der = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, SPKI).unwrap();
            let body = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &der[24..]);
            format!("-----BEGIN RSA PUBLIC KEY-----\n{body}\n-----END RSA PUBLIC KEY-----\n")
        };
        for spelling in [
            pem("\r\n"),
            pem("\r"),
            pem(""),
            pem(" "),
            pem("\n\t"),
            pem("\\n"),
            pem("\\r\\n"),
            format!("  {}  \n", pem("\n")),
            SPKI.to_owned(),
            pem("\n").replace("-----BEGIN PUBLIC KEY-----", ""),
            pem("\n").replace("-----END PUBLIC KEY-----", ""),
            pkcs1,
        ] {
            let key = JwtKey::from_pem(&spelling).unwrap_or_else(|error| panic!("{error}: {spelling}"));
            assert!(key.verifying_key() == plain.verifying_key(), "{spelling}");
        }
    }

    #[test]
    fn what_is_not_an_rsa_public_key_says_so() {
        for (text, expected) in [
            (
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                KeyError::NotPublic,
            ),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                KeyError::NotPublic,
            ),
            (
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                KeyError::Pem,
            ),
            (
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                KeyError::Pem,
            ),
            (r#"{"kty":"RSA"}"#, KeyError::Pem),
            ("planted", KeyError::Pem),
            ("", KeyError::Pem),
        ] {
            assert_eq!(JwtKey::from_pem(text).map(|_| ()), Err(expected), "{text}");
        }
    }
}

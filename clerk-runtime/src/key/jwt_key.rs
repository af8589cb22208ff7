use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::der::{self, Encoding};
use super::{KeyError, RsaVerifyingKey};

/// The public key of an instance, given by configuration, which makes verification networkless.
///
/// Accepted are SPKI under the label `PUBLIC KEY` and PKCS#1 under the label `RSA PUBLIC KEY` (RFC 7468), with 2048 to 8192
/// bits, in the spellings that keys take on their way through environment variables: any line ends or none, spaces or tabs,
/// the two characters `\n` in place of a line break, and without one or both of the marker lines. Without both it is SPKI.
#[derive(Debug, Clone)]
pub struct JwtKey(RsaVerifyingKey);

impl JwtKey {
    /// Parses a PEM public key.
    ///
    /// # Errors
    /// [`KeyError::NotPublic`] for a private key or certificate, [`KeyError::Weak`] for a key of another size,
    /// [`KeyError::Pem`] for everything else.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let (encoding, base64) = bare_base64(pem)?;
        let der = BASE64_STANDARD.decode(base64).map_err(|_| KeyError::Pem)?;
        let (modulus, exponent) = der::rsa_public_key(encoding, &der).ok_or(KeyError::Pem)?;
        RsaVerifyingKey::from_components(modulus, exponent).map(Self)
    }

    pub(crate) fn verifying_key(&self) -> &RsaVerifyingKey {
        &self.0
    }
}

/// Returns the base64 between the markers, and the encoding that they name. Without markers it is that of Clerk's dashboard.
fn bare_base64(pem: &str) -> Result<(Encoding, String), KeyError> {
    if ["PRIVATE KEY", "CERTIFICATE"]
        .iter()
        .any(|label| pem.contains(label))
    {
        return Err(KeyError::NotPublic);
    }
    let mut body = pem.replace("\\r", "").replace("\\n", "\n");
    let encoding = match body.contains("RSA PUBLIC KEY-----") {
        true => Encoding::Pkcs1,
        false => Encoding::Spki,
    };
    let label = match encoding {
        Encoding::Pkcs1 => "RSA PUBLIC KEY",
        Encoding::Spki => "PUBLIC KEY",
    };
    for end in ["BEGIN", "END"] {
        body = body.replace(&format!("-----{end} {label}-----"), "");
    }
    body.retain(|c| !c.is_whitespace());
    Ok((encoding, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A public key whose private key was discarded.
    const SPKI: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq950dlxmhT/I2p3Fy+qDP4W/sNWP8fXnhKPryqaAR98eJQg7myz4F9CeSYl9NQq0iiSzTRku2/XQotvUhNUFv7b6Xctf+6XX9++rV6AM0UM+M5HCX1BhMBw/V9jVRy5ao1hMxvRcZ001RVk/z7hUwtFEPl8PwTriWEYlbb5mgOP+MG7u225to9EB7AxlQFA0eh8wakLuNSwdzgVMwxbW9Iwk8lwFwOw7Yk+fvqvmq1xRl66EiW5YO4+N7xTJW4HRJK5xUbJ+LHOJdAFgbTSO0P30oohfmhkghgBoAjYVwTDA9Elgmu3y5TapESZnD1DUp+tFaogK6mKDrdwalgjKZQIDAQAB";
    /// The same key in the other encoding.
    const PKCS1: &str = "MIIBCgKCAQEAq950dlxmhT/I2p3Fy+qDP4W/sNWP8fXnhKPryqaAR98eJQg7myz4F9CeSYl9NQq0iiSzTRku2/XQotvUhNUFv7b6Xctf+6XX9++rV6AM0UM+M5HCX1BhMBw/V9jVRy5ao1hMxvRcZ001RVk/z7hUwtFEPl8PwTriWEYlbb5mgOP+MG7u225to9EB7AxlQFA0eh8wakLuNSwdzgVMwxbW9Iwk8lwFwOw7Yk+fvqvmq1xRl66EiW5YO4+N7xTJW4HRJK5xUbJ+LHOJdAFgbTSO0P30oohfmhkghgBoAjYVwTDA9Elgmu3y5TapESZnD1DUp+tFaogK6mKDrdwalgjKZQIDAQAB";

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
        let pkcs1 = format!("-----BEGIN RSA PUBLIC KEY-----\n{PKCS1}\n-----END RSA PUBLIC KEY-----\n");
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
    fn other_contents_are_errors() {
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
            // The encoding of another label.
            (
                &format!("-----BEGIN RSA PUBLIC KEY-----\n{SPKI}\n-----END RSA PUBLIC KEY-----"),
                KeyError::Pem,
            ),
            (
                &format!("-----BEGIN PUBLIC KEY-----\n{PKCS1}\n-----END PUBLIC KEY-----"),
                KeyError::Pem,
            ),
            (PKCS1, KeyError::Pem),
            (
                &format!("-----BEGIN KEY-----\n{SPKI}\n-----END KEY-----"),
                KeyError::Pem,
            ),
            (
                &format!("-----BEGIN public key-----\n{SPKI}\n-----END public key-----"),
                KeyError::Pem,
            ),
            // A key for ECDSA.
            (
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYd4BcT44Lcu1rjKThr5EHXcq4tBNLB5nw/FsKvc+6tJEOwETL4nBzDPDYw8BGHZ/KMStfinM/2UQwrRpqA3btg==",
                KeyError::Pem,
            ),
            (r#"{"kty":"RSA"}"#, KeyError::Pem),
            ("planted", KeyError::Pem),
            ("", KeyError::Pem),
        ] {
            assert_eq!(JwtKey::from_pem(text).map(|_| ()), Err(expected), "{text}");
        }
    }

    #[test]
    fn base64_is_standard_padded_and_without_stray_bits() {
        let key = JwtKey::from_pem(SPKI).unwrap();
        // Without the parameters it is two bytes shorter, which takes padding.
        let mut der = BASE64_STANDARD.decode(SPKI).unwrap();
        der.drain(17..19);
        der[3] -= 2;
        der[5] -= 2;
        let padded = BASE64_STANDARD.encode(der);
        assert!(JwtKey::from_pem(&padded).unwrap().verifying_key() == key.verifying_key());
        let (body, padding) = padded.split_at(padded.len() - 2);
        assert_eq!(padding, "==");
        let stray = body.strip_suffix('Q').map(|rest| format!("{rest}R=="));
        for text in [
            body.to_owned(),
            format!("{body}="),
            format!("{padded}="),
            stray.unwrap(),
            format!("={padded}"),
            format!("{padded}{padded}"),
            format!("{SPKI}=="),
            format!("{SPKI}A"),
            format!("{SPKI}\0"),
            SPKI.replace('+', "-").replace('/', "_"),
            format!("Proc-Type: 4\n\n{SPKI}"),
        ] {
            assert_eq!(JwtKey::from_pem(&text).map(|_| ()), Err(KeyError::Pem), "{text}");
        }
    }
}

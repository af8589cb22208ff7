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
            let canonical = format!(
                "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
                in_lines(&body)
            );
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

fn in_lines(body: &str) -> String {
    let mut lines = String::with_capacity(body.len() + body.len() / 64 + 1);
    for (index, character) in body.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            lines.push('\n');
        }
        lines.push(character);
    }
    lines
}

use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};

use super::{Failure, Token};
use crate::setup::Setup;

/// The check of a signature alone, with a key that was parsed once.
pub struct Check(ParsedPublicKey);

impl Check {
    pub(super) fn new(setup: &Setup) -> Result<Self, Failure> {
        let body: String = setup
            .jwt_key
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .collect();
        let der = BASE64_STANDARD.decode(body)?;
        Ok(Self(ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der)?))
    }

    pub(super) fn verifies(&self, token: &Token) -> bool {
        self.verifies_bytes(&token.text.as_bytes()[..token.signed], &token.signature)
    }

    pub(super) fn verifies_bytes(&self, signed: &[u8], signature: &[u8]) -> bool {
        self.0.verify_sig(signed, signature).is_ok()
    }
}

pub(super) fn token(text: String) -> Token {
    let (signed, signature) = text.rsplit_once('.').expect("a token has parts");
    Token {
        signed: signed.len(),
        // Garbage has none; it is never asked for.
        signature: BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap_or_default(),
        text,
    }
}

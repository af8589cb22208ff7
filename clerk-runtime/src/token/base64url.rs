//! The parts of a token: base64url without padding, in its one canonical form (RFC 7515 §2, RFC 4648 §3.5).

use base64::{DecodeSliceError, Engine, decoded_len_estimate};

/// Why a part cannot be decoded.
pub(super) enum Base64Error {
    Malformed,
    /// But for the padding behind it, it could be.
    Padded,
}

/// With the processor's vectors; which of them there are is asked once.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn engine() -> &'static impl Engine {
    use std::sync::LazyLock;

    use base64::engine::Simd;
    use base64::engine::general_purpose::NO_PAD;

    static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::url_safe(NO_PAD));
    &*ENGINE
}

/// Where the crate knows of no vectors.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn engine() -> &'static impl Engine {
    &base64::prelude::BASE64_URL_SAFE_NO_PAD
}

/// A decoded part of a token that is not kept.
pub(super) struct Bytes {
    /// As long as signatures by keys of 2048 bits are, which Clerk's keys have.
    usual: [u8; 256],
    length: usize,
    /// In place of that, a part that is longer.
    longer: Vec<u8>,
}

impl Default for Bytes {
    fn default() -> Self {
        Self {
            usual: [0; 256],
            length: 0,
            longer: Vec::new(),
        }
    }
}

impl Bytes {
    /// Decodes another part in place of the former one.
    pub(super) fn decode(&mut self, part: &str) -> Result<&[u8], Base64Error> {
        self.longer.clear();
        match engine().decode_slice(part, &mut self.usual) {
            Ok(length) => self.length = length,
            Err(DecodeSliceError::OutputSliceTooSmall) => decode_behind(&mut self.longer, part)?,
            Err(DecodeSliceError::DecodeError(_)) => return Err(why_not(part)),
        }
        Ok(self.as_slice())
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        if self.longer.is_empty() {
            self.usual.get(..self.length).unwrap_or_default()
        } else {
            &self.longer
        }
    }
}

/// Room that a part takes when it is decoded.
pub(super) fn room_for(part: &str) -> usize {
    decoded_len_estimate(part.len())
}

/// Decodes a part behind other bytes.
pub(super) fn decode_behind(bytes: &mut Vec<u8>, part: &str) -> Result<(), Base64Error> {
    engine().decode_vec(part, bytes).map_err(|_| why_not(part))
}

fn why_not(part: &str) -> Base64Error {
    let unpadded = part.trim_end_matches('=');
    if unpadded.len() < part.len() && engine().decode(unpadded).is_ok() {
        Base64Error::Padded
    } else {
        Base64Error::Malformed
    }
}

//! Base64url of token parts: without padding and in canonical form only (RFC 7515 §2, RFC 4648 §3.5).

use base64::{DecodeSliceError, Engine, decoded_len_estimate};

/// The error of a part that cannot be decoded.
pub(super) enum Base64Error {
    Malformed,
    /// Well formed except for padding at the end.
    Padded,
}

/// Returns a decoder that uses the vector instructions of the processor, which are detected once.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn engine() -> &'static impl Engine {
    use std::sync::LazyLock;

    use base64::engine::Simd;
    use base64::engine::general_purpose::NO_PAD;

    static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::url_safe(NO_PAD));
    &*ENGINE
}

/// Returns the portable decoder, on architectures that the vectorized one does not support.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn engine() -> &'static impl Engine {
    &base64::prelude::BASE64_URL_SAFE_NO_PAD
}

/// A decoded part of a token in a reusable buffer.
pub(super) struct DecodedPart {
    /// Large enough for a signature by a key of 2048 bits, the size that Clerk uses.
    inline: [u8; 256],
    length: usize,
    /// The part if it is too long for `inline`.
    heap: Vec<u8>,
}

impl Default for DecodedPart {
    fn default() -> Self {
        Self {
            inline: [0; 256],
            length: 0,
            heap: Vec::new(),
        }
    }
}

impl DecodedPart {
    /// Decodes `part` and replaces the contents of the buffer.
    pub(super) fn decode(&mut self, part: &str) -> Result<&[u8], Base64Error> {
        self.heap.clear();
        match engine().decode_slice(part, &mut self.inline) {
            Ok(length) => self.length = length,
            Err(DecodeSliceError::OutputSliceTooSmall) => decode_append(&mut self.heap, part)?,
            Err(DecodeSliceError::DecodeError(_)) => return Err(classify_error(part)),
        }
        Ok(self.as_slice())
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        if self.heap.is_empty() {
            self.inline.get(..self.length).unwrap_or_default()
        } else {
            &self.heap
        }
    }
}

/// Returns the capacity that decoding `part` needs, in bytes.
pub(super) fn decoded_capacity(part: &str) -> usize {
    decoded_len_estimate(part.len())
}

/// Decodes `part` and appends it to `bytes`.
pub(super) fn decode_append(bytes: &mut Vec<u8>, part: &str) -> Result<(), Base64Error> {
    engine().decode_vec(part, bytes).map_err(|_| classify_error(part))
}

fn classify_error(part: &str) -> Base64Error {
    let unpadded = part.trim_end_matches('=');
    if unpadded.len() < part.len() && engine().decode(unpadded).is_ok() {
        Base64Error::Padded
    } else {
        Base64Error::Malformed
    }
}

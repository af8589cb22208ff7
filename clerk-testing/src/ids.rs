use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::StartError;

/// Makes ids that look like Clerk's: a prefix and 27 letters or digits.
///
/// They follow from one random seed, so that making one cannot fail and one name always has the same id.
pub(crate) struct Ids {
    seed: [u8; 32],
    made: AtomicU64,
}

impl Ids {
    pub(crate) fn new() -> Result<Self, StartError> {
        Ok(Self {
            seed: random()?,
            made: AtomicU64::new(0),
        })
    }

    /// The id that belongs to `name`.
    pub(crate) fn named(&self, prefix: &str, name: &str) -> String {
        let letters = self.digest(&[b"named", prefix.as_bytes(), b"\0", name.as_bytes()]);
        format!("{prefix}{}", alphanumeric(&letters[..27]))
    }

    /// The id of the instance that resources and webhooks name. Keys have ids of their own, since they can be rotated.
    pub(crate) fn instance(&self) -> String {
        self.named("ins_", "")
    }

    /// An id that was never given before.
    pub(crate) fn fresh(&self, prefix: &str) -> String {
        format!("{prefix}{}", alphanumeric(&self.fresh_digest()[..27]))
    }

    /// 32 hexadecimal digits, as in `clerk_trace_id`.
    pub(crate) fn trace(&self) -> String {
        self.fresh_digest()[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn fresh_digest(&self) -> Vec<u8> {
        self.digest(&[b"fresh", &self.made.fetch_add(1, Ordering::Relaxed).to_be_bytes()])
    }

    fn digest(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut text = self.seed.to_vec();
        for part in parts {
            text.extend_from_slice(part);
        }
        digest(&SHA256, &text).as_ref().to_vec()
    }
}

/// A secret of 32 letters and digits after `prefix`, about 190 bits.
pub(crate) fn secret(prefix: &str) -> Result<String, StartError> {
    Ok(format!("{prefix}{}", alphanumeric(&random::<32>()?)))
}

/// Lower-case letters and digits that may stand in a host name.
pub(crate) fn host_label() -> Result<String, StartError> {
    Ok(alphanumeric(&random::<12>()?).to_ascii_lowercase())
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StartError> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| StartError::Random)?;
    Ok(bytes)
}

fn alphanumeric(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_id_and_fresh_ids_differ() {
        let ids = Ids::new().unwrap();
        assert_eq!(ids.named("user_", "ada"), ids.named("user_", "ada"));
        assert_ne!(ids.named("user_", "ada"), ids.named("user_", "bob"));
        assert_ne!(ids.fresh("sess_"), ids.fresh("sess_"));
        assert_eq!(ids.fresh("sess_").len(), 32);
        assert_eq!(ids.trace().len(), 32);
        assert_ne!(
            ids.named("user_", "ada"),
            Ids::new().unwrap().named("user_", "ada")
        );
    }
}

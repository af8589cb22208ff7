//! What is not generated, as its shape is not that of the others.

pub use crate::handshake_payload::HandshakePayload;
pub use crate::key_set::JsonWebKeySet;

//! The architecture: what `ARCHITECTURE.md` says of layers and proofs, compared with the sources.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod check;
mod circles;
mod constructions;
mod error_text;
mod imports;
mod layers;
mod locals;
mod mentions;
mod names;
mod page;
mod place;
mod planted;
mod problem;
mod proofs;
mod resolve;
mod sources;
mod tokens;
mod workspace;

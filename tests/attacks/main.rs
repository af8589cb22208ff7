//! The attack catalogue of `SECURITY.md`: at least one test per row, named for it, at the level of a whole request.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod authorization;
mod backend_api;
mod carriers;
mod catalogue;
mod claims;
mod classes;
mod crypto;
mod forge;
mod handshakes;
mod instances;
mod keys;
mod leakage;
mod outbound;
mod parsing;
mod router;
mod scene;
mod sessions;
mod supply;
mod upstream;
mod webhooks;
mod wycheproof;

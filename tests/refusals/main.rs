//! Checks what the log, `Clerk::explain` and the client are told of a refusal, for each mistake that people make.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod canary;
mod causes;
mod configuration;
mod credentials;
mod diagnosis;
mod headers;
mod log;
mod scene;
mod warnings;

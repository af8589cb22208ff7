//! Checks that a handle is configured for the instance that it is used with: [`Clerk::diagnose`](crate::Clerk::diagnose).

mod declared;
mod diagnosis;
#[cfg(feature = "network")]
mod instance;
mod run;
mod settings;

pub use diagnosis::{Check, Diagnosis, Finding, Severity};
pub use run::Diagnose;

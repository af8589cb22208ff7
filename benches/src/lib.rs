//! What the commands share.

pub mod contestants;
pub mod counting;
pub mod measure;
pub mod setup;

//! What Clerk answers with. Answers are read leniently: what Clerk calls required may be missing or null in an older or a
//! newer instance, and one member is no reason to lose the others.
//!
//! A model names its members once to be read and once to be written; everything else is done here for all of them, since
//! what is generated or derived per model is what compiling a client takes its time for.

mod fields;
mod open_enum;
mod part;
mod shell;

pub(crate) use fields::{Fields, Model, Problem};
pub(crate) use open_enum::open_enums;
pub(crate) use part::{Part, parts};
pub(crate) use shell::{debug, from_members, models, to_members};

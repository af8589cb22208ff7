//! What is read from a request when it is first asked for: hardly any request needs all of it.

use std::ops::Deref;
use std::sync::OnceLock;

use http::request::Parts;

use crate::config::Config;
use crate::verify::Verifier;

/// What there is to read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) parts: &'a Parts,
    pub(super) config: &'a Config,
    pub(super) verifier: &'a Verifier,
}

/// What can be read from it.
pub(super) trait Read<'a> {
    fn read(source: &'a Source<'a>) -> Self;
}

/// A value that is read when it is first asked for.
#[derive(Debug)]
pub(super) enum Lazy<'a, T> {
    Unread(&'a Source<'a>, OnceLock<T>),
    #[cfg(test)]
    Given(&'a T),
}

impl<'a, T> Lazy<'a, T> {
    pub(super) fn unread(source: &'a Source<'a>) -> Self {
        Self::Unread(source, OnceLock::new())
    }
}

impl<'a, T: Read<'a>> Deref for Lazy<'a, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Unread(source, value) => value.get_or_init(|| T::read(source)),
            #[cfg(test)]
            Self::Given(value) => value,
        }
    }
}

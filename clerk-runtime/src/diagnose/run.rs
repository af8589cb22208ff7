//! The order of the checks.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::declared::DeclaredKeys;
use super::diagnosis::Diagnosis;
#[cfg(feature = "network")]
use super::instance;
use super::settings;
use crate::authenticate::Authenticator;
use crate::authorize::{Permission, Requirement, Role};

/// A diagnosis that is made by `.await`. Returned by [`Clerk::diagnose`](crate::Clerk::diagnose).
#[must_use = "nothing is checked until this is awaited"]
#[derive(Clone)]
pub struct Diagnose<'a> {
    authenticator: &'a Authenticator,
    declared: DeclaredKeys,
}

impl<'a> Diagnose<'a> {
    pub(crate) fn new(authenticator: &'a Authenticator) -> Self {
        Self {
            authenticator,
            declared: DeclaredKeys::default(),
        }
    }

    /// Also compares these roles with those of the instance, such as `Roles::ALL` of [`roles!`](crate::roles).
    pub fn roles<'r>(self, roles: impl IntoIterator<Item = &'r Role<'r>>) -> Self {
        self.requirements(roles.into_iter().map(|role| Requirement::Role(*role)))
    }

    /// Also compares these permissions with those of the instance, such as `Perm::ALL` of
    /// [`permissions!`](crate::permissions).
    pub fn permissions<'p>(self, permissions: impl IntoIterator<Item = &'p Permission<'p>>) -> Self {
        self.requirements(permissions.into_iter().map(|one| Requirement::Permission(*one)))
    }

    /// Also compares the roles and permissions in these requirements.
    pub fn requirements<'r>(mut self, requirements: impl IntoIterator<Item = Requirement<'r>>) -> Self {
        for requirement in requirements {
            self.declared.add(requirement);
        }
        self
    }
}

impl<'a> IntoFuture for Diagnose<'a> {
    type Output = Diagnosis;
    type IntoFuture = Pin<Box<dyn Future<Output = Diagnosis> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Authenticator { config, verifier, .. } = self.authenticator;
            let findings = settings::findings(config, &verifier.keys);
            #[cfg(feature = "network")]
            let findings = {
                let mut findings = findings;
                findings.extend(instance::findings(self.authenticator, &self.declared).await);
                findings
            };
            Diagnosis::new(findings)
        })
    }
}

impl fmt::Debug for Diagnose<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnose")
            .field("declared", &self.declared)
            .finish_non_exhaustive()
    }
}

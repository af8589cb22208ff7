//! Gives a diagnosis as a list of findings.

use std::borrow::Cow;
use std::fmt;

/// Lists the findings about the configuration of a handle. `Display` and `Debug` give a line for each finding.
///
/// No part of it holds a secret or a key. It has hosts, origins, and the names of roles and permissions.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnosis {
    findings: Vec<Finding>,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Names the check.
    pub check: Check,
    /// Tells how bad it is.
    pub severity: Severity,
    /// Tells in a sentence what was found.
    pub message: String,
    /// Tells what to change; `None` if nothing has to be.
    pub fix: Option<Cow<'static, str>>,
}

/// Names one check of a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Check {
    /// The publishable key and the host in it.
    PublishableKey,
    /// The secret key, by asking Clerk.
    SecretKey,
    /// Asks the Backend API, to see that it can be reached.
    Reachability,
    /// Compares the keys, which have to be of one instance.
    OneInstance,
    /// The configured JWT key beside the published ones.
    JwtKey,
    /// This machine's clock beside Clerk's.
    Clock,
    /// The authorized parties.
    AuthorizedParties,
    /// The other rules for claims: audience, issuers, tolerance.
    Claims,
    /// The declared roles beside the instance's.
    Roles,
    /// The declared permissions beside the instance's.
    Permissions,
}

/// Grades a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// As it should be.
    Good,
    /// It could not be found out.
    Unknown,
    /// It works and is a risk, or is likely to be a slip.
    Warning,
    /// Requests are refused because of it.
    Problem,
}

impl Diagnosis {
    pub(super) fn new(findings: Vec<Finding>) -> Self {
        Self { findings }
    }

    /// Returns all findings, in the order of the checks.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the findings of one check.
    pub fn of(&self, check: Check) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.check == check)
    }

    /// Returns the worst severity of all findings.
    pub fn worst(&self) -> Severity {
        let severities = self.findings.iter().map(|finding| finding.severity);
        severities.max().unwrap_or(Severity::Good)
    }
}

impl Finding {
    pub(super) fn good(check: Check, message: impl Into<String>) -> Self {
        Self {
            check,
            severity: Severity::Good,
            message: message.into(),
            fix: None,
        }
    }

    #[cfg(feature = "network")]
    pub(super) fn unknown(check: Check, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Unknown,
            ..Self::good(check, message)
        }
    }

    pub(super) fn warning(
        check: Check,
        message: impl Into<String>,
        fix: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            fix: Some(fix.into()),
            ..Self::good(check, message)
        }
    }

    pub(super) fn problem(
        check: Check,
        message: impl Into<String>,
        fix: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            severity: Severity::Problem,
            ..Self::warning(check, message, fix)
        }
    }
}

impl Check {
    /// Returns a stable name of the check, such as `one-instance`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PublishableKey => "publishable-key",
            Self::SecretKey => "secret-key",
            Self::Reachability => "reachability",
            Self::OneInstance => "one-instance",
            Self::JwtKey => "jwt-key",
            Self::Clock => "clock",
            Self::AuthorizedParties => "authorized-parties",
            Self::Claims => "claims",
            Self::Roles => "roles",
            Self::Permissions => "permissions",
        }
    }
}

impl Severity {
    /// Returns a stable name of the severity, such as `problem`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Unknown => "unknown",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<8} {:<19} {}",
            self.severity.as_str(),
            self.check.as_str(),
            self.message
        )?;
        match &self.fix {
            Some(fix) => write!(f, "\n{:29}fix: {fix}", ""),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{finding}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

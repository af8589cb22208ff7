use std::fmt;

/// How recently which authentication factors must have been verified (Clerk docs: reverification).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Reverification {
    /// Both factors within 10 minutes.
    StrictMfa,
    /// The second factor within 10 minutes.
    Strict,
    /// The second factor within an hour.
    Moderate,
    /// The second factor within a day.
    Lax,
    /// A custom level and age.
    Custom {
        /// The factors.
        level: ReverificationLevel,
        /// The maximum age in minutes, exclusive; more than zero.
        after_minutes: f64,
    },
}

/// The factors that have to be verified. For a user without a second factor the first one is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReverificationLevel {
    /// The first.
    FirstFactor,
    /// The second.
    SecondFactor,
    /// Both.
    MultiFactor,
}

impl Reverification {
    /// Returns Clerk's name of the preset, such as `strict`, or `None` for a custom one.
    pub fn preset(self) -> Option<&'static str> {
        match self {
            Self::StrictMfa => Some("strict_mfa"),
            Self::Strict => Some("strict"),
            Self::Moderate => Some("moderate"),
            Self::Lax => Some("lax"),
            Self::Custom { .. } => None,
        }
    }

    /// Returns the required factors and the maximum age in minutes (exclusive).
    pub fn level_and_minutes(self) -> (ReverificationLevel, f64) {
        use ReverificationLevel::{MultiFactor, SecondFactor};
        match self {
            Self::StrictMfa => (MultiFactor, 10.0),
            Self::Strict => (SecondFactor, 10.0),
            Self::Moderate => (SecondFactor, 60.0),
            Self::Lax => (SecondFactor, 1440.0),
            Self::Custom { level, after_minutes } => (level, after_minutes),
        }
    }
}

impl ReverificationLevel {
    /// Returns Clerk's name of the level, such as `second_factor`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstFactor => "first_factor",
            Self::SecondFactor => "second_factor",
            Self::MultiFactor => "multi_factor",
        }
    }
}

impl fmt::Display for Reverification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.preset() {
            Some(preset) => f.write_str(preset),
            None => {
                let (level, minutes) = self.level_and_minutes();
                write!(f, "{} within {minutes} minutes", level.as_str())
            }
        }
    }
}

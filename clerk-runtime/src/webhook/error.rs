use crate::Deviation;
use crate::error_text::debug_as_display;

/// The error of a delivery that cannot be verified, or of a malformed secret. Never repeats either of them.
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// The signing secret is malformed.
    #[error(
        "not a signing secret: copy the value that starts with `whsec_` from the webhook's page of the Clerk dashboard, without blanks or quotes around it"
    )]
    Secret,
    /// A header is missing, empty or repeated.
    #[error("the header `{0}` is missing, empty or there twice")]
    Header(&'static str),
    /// The time of sending is not a number.
    #[error("the time of sending is not a number of seconds")]
    Timestamp,
    /// Sent more than five minutes ago.
    #[error("the message was sent more than five minutes ago")]
    TooOld,
    /// Sent more than five minutes from now.
    #[error("the message was sent more than five minutes from now: is the clock of this machine right?")]
    TooNew,
    /// There are more than 16 signatures.
    #[error("the message has more than 16 signatures")]
    TooManySignatures,
    /// No signature matches one of the secrets.
    #[error("no signature matches: is the signing secret that of this endpoint?")]
    Signature,
    /// The delivery is a replay.
    #[error("the delivery was taken before: it is a replay")]
    Replayed,
    /// The replay guard failed, so the delivery may be a replay.
    #[error("the replay guard does not answer; the log tells why")]
    ReplayGuard,
    /// Signed, but not an event.
    #[error("the message is signed but is not an event")]
    Body,
}

debug_as_display!(WebhookError);

impl WebhookError {
    /// Returns a stable code for the error.
    pub fn code(self) -> &'static str {
        match self {
            Self::Secret => "webhook-secret",
            Self::Header(_) => "webhook-header",
            Self::Timestamp => "webhook-timestamp",
            Self::TooOld => "webhook-too-old",
            Self::TooNew => "webhook-too-new",
            Self::TooManySignatures => "webhook-too-many-signatures",
            Self::Signature => "webhook-signature",
            Self::Replayed => "webhook-replayed",
            Self::ReplayGuard => "webhook-replay-guard",
            Self::Body => "webhook-body",
        }
    }

    /// Returns the rule by which this crate is stricter than Clerk's own SDK, if one caused the error.
    pub fn deviation(self) -> Option<Deviation> {
        match self {
            Self::Header(_) | Self::Timestamp | Self::TooManySignatures | Self::Body => {
                Some(Deviation::WebhookForm)
            }
            Self::Secret
            | Self::TooOld
            | Self::TooNew
            | Self::Signature
            | Self::Replayed
            | Self::ReplayGuard => None,
        }
    }
}

/// One attempt to deliver a message to an endpoint, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookAttempt {
    /// The message, `msg_…`: the same for all its attempts.
    pub message_id: String,
    /// What happened, such as `user.created`.
    pub event_type: String,
    /// Which attempt it is at this message, counted from 1, and anew whenever it is
    /// [sent again](crate::WebhookEndpoint::resend) by hand.
    pub number: usize,
    /// The time that it was signed for, by the instance's clock, Unix seconds: a later one for each attempt at a message, but
    /// a minute ahead at most. With a clock that stands still all attempts after the 61st have that same time.
    pub timestamp: i64,
    /// The status of the answer; `None` if there was none.
    pub status: Option<u16>,
}

impl WebhookAttempt {
    /// Whether the endpoint took the message: by a 2xx, as Clerk has it. A redirect does not count and is not followed.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

use serde_json::{Map, Value};

resource! {
    /// Somebody on the waitlist. Times are milliseconds since 1970.
    WaitlistEntry {
        /// Who waits.
        email_address: Option<String>,
        /// `pending`, `invited`, `rejected`, `completed`, or what is new.
        status: Option<String>,
        /// The invitation, if there is one.
        invitation: Option<Map<String, Value>>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

use serde_json::{Map, Value};

use super::User;

resource! {
    /// A session. Times are milliseconds since 1970.
    Session {
        /// Whose it is.
        user_id: Option<String>,
        /// The user, if Clerk still has one.
        user: Option<User>,
        /// The browser or app.
        client_id: Option<String>,
        /// The party that acts as the user, if it is another one.
        actor: Option<Map<String, Value>>,
        /// `active`, `ended`, `expired`, `removed`, `revoked`, `replaced`, `abandoned`, `pending`, or what is new.
        status: Option<String>,
        /// The organization that was active last.
        last_active_organization_id: Option<String>,
        /// The last activity.
        last_active_at: Option<i64>,
        /// When it ends.
        expire_at: Option<i64>,
        /// When it ends unless it is used.
        abandon_at: Option<i64>,
        /// When it began.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

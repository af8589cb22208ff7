//! Sessions, messages to users, waitlist entries, and what remains of deleted resources.

use clerk_client::resources::User;
use serde_json::{Map, Value};

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

resource! {
    /// An e-mail that Clerk sent, or that the application is to send. Its texts hold codes and links that sign people in.
    Email {
        /// Which template it is of, such as `verification_code`.
        slug: Option<String>,
        /// Who it is about.
        user_id: Option<String>,
        /// Which of the user's addresses it goes to.
        email_address_id: Option<String>,
        /// The part of the sender's address before the `@`.
        from_email_name: Option<String>,
        /// Where it goes.
        to_email_address: Option<String>,
        /// The subject.
        subject: Option<String>,
        /// The text in HTML.
        body: Option<String>,
        /// The plain text.
        body_plain: Option<String>,
        /// `queued`, `delivered`, or what is new.
        status: Option<String>,
        /// What the template was filled with, such as `otp_code`.
        data: Option<Map<String, Value>>,
        /// Whether Clerk sends it. If not, the application has to.
        delivered_by_clerk: bool,
        /// Why Clerk does not send it, if it does not.
        suppression_reason: Option<String>,
    }
}

resource! {
    /// A text message that Clerk sent, or that the application is to send. It may hold a code that signs people in.
    SmsMessage {
        /// Which template it is of, such as `verification_code`.
        slug: Option<String>,
        /// Who it is about.
        user_id: Option<String>,
        /// Which of the user's numbers it goes to.
        phone_number_id: Option<String>,
        /// The sender's number.
        from_phone_number: Option<String>,
        /// Where it goes.
        to_phone_number: Option<String>,
        /// The text.
        message: Option<String>,
        /// `queued`, `delivered`, or what is new.
        status: Option<String>,
        /// What the template was filled with, such as `otp_code`.
        data: Option<Map<String, Value>>,
        /// Whether Clerk sends it. If not, the application has to.
        delivered_by_clerk: bool,
    }
}

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

resource! {
    /// What is left of something that was deleted.
    DeletedObject {
        /// What it was, such as `user`.
        object: String,
        /// `true`
        deleted: bool,
        /// The slug, if it had one.
        slug: Option<String>,
        /// The id that the application gave it, if it did.
        external_id: Option<String>,
    }
}

use serde_json::{Map, Value};

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

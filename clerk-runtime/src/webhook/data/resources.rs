//! The resources of events.

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

resource! {
    /// An organization. Times are milliseconds since 1970.
    Organization {
        /// The name.
        name: Option<String>,
        /// The slug.
        slug: Option<String>,
        /// Where the logo is.
        image_url: Option<String>,
        /// Whether there is a logo of its own.
        has_image: bool,
        /// How many members it has.
        members_count: Option<i64>,
        /// How many members it may have; 0 for no limit.
        max_allowed_memberships: Option<i64>,
        /// Whether its admins may delete it.
        admin_delete_enabled: bool,
        /// Who made it.
        created_by: Option<String>,
        /// Readable by the frontend.
        public_metadata: Map<String, Value>,
        /// For the backend only.
        private_metadata: Map<String, Value>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A domain whose addresses belong to an organization. Times are milliseconds since 1970.
    OrganizationDomain {
        /// The organization.
        organization_id: Option<String>,
        /// The domain's name.
        name: Option<String>,
        /// `manual_invitation`, `automatic_invitation`, `automatic_suggestion`, `enterprise_sso`, or what is new.
        enrollment_mode: Option<String>,
        /// The address that showed the affiliation.
        affiliation_email_address: Option<String>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A membership in an organization. Times are milliseconds since 1970.
    OrganizationMembership {
        /// The organization.
        organization: Option<Organization>,
        /// Such as `org:admin`.
        role: Option<String>,
        /// Such as `org:invoices:read`.
        permissions: Vec<String>,
        /// The member: `user_id`, `identifier`, `first_name` and so on.
        public_user_data: Map<String, Value>,
        /// Readable by the frontend.
        public_metadata: Map<String, Value>,
        /// For the backend only.
        private_metadata: Map<String, Value>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

impl OrganizationMembership {
    /// The member's id, `user_…`.
    pub fn user_id(&self) -> Option<&str> {
        self.public_user_data.get("user_id")?.as_str()
    }
}

resource! {
    /// An invitation to an organization. Times are milliseconds since 1970.
    OrganizationInvitation {
        /// The organization.
        organization_id: Option<String>,
        /// Who is invited.
        email_address: Option<String>,
        /// Such as `org:member`.
        role: Option<String>,
        /// Who accepted it, which only `organizationInvitation.accepted` tells.
        user_id: Option<String>,
        /// Who invites.
        inviter_id: Option<String>,
        /// `pending`, `accepted`, `revoked`, `expired`, or what is new.
        status: Option<String>,
        /// The link to accept it, which works for everyone who has it.
        url: Option<String>,
        /// Readable by the frontend.
        public_metadata: Map<String, Value>,
        /// For the backend only.
        private_metadata: Map<String, Value>,
        /// When it ends.
        expires_at: Option<i64>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A role in organizations. Times are milliseconds since 1970.
    Role {
        /// Such as `org:admin`.
        key: Option<String>,
        /// The name for people.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// Whether who makes an organization may have it.
        is_creator_eligible: bool,
        /// What it permits.
        permissions: Vec<Permission>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// A permission that roles have. Times are milliseconds since 1970.
    Permission {
        /// Such as `org:invoices:read`.
        key: Option<String>,
        /// The name for people.
        name: Option<String>,
        /// What it is for.
        description: Option<String>,
        /// `system` or `user`.
        r#type: Option<String>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// An attempt to take a payment. Times are milliseconds since 1970.
    PaymentAttempt {
        /// The payment.
        payment_id: Option<String>,
        /// The statement that it is on.
        statement_id: Option<String>,
        /// `checkout`, `recurring`, or what is new.
        charge_type: Option<String>,
        /// `pending`, `paid`, `failed`, or what is new.
        status: Option<String>,
        /// Why it failed: `code` and `decline_code`.
        failed_reason: Option<Map<String, Value>>,
        /// Who pays: `user_id` or `organization_id`, and so on.
        payer: Map<String, Value>,
        /// Who is paid.
        payee: Map<String, Value>,
        /// How much: `grand_total`, `subtotal`, `tax_total`, each with `amount` in the smallest unit and `currency`.
        totals: Map<String, Value>,
        /// What it is paid with.
        payment_source: Option<Map<String, Value>>,
        /// What it is paid for.
        subscription_items: Vec<SubscriptionItem>,
        /// When it is due.
        billing_date: Option<i64>,
        /// When it was paid.
        paid_at: Option<i64>,
        /// When it failed.
        failed_at: Option<i64>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// The subscription of a payer. Times are milliseconds since 1970.
    Subscription {
        /// Who pays.
        payer_id: Option<String>,
        /// Who pays: `user_id` or `organization_id`, and so on.
        payer: Map<String, Value>,
        /// `active`, `past_due`, `canceled`, `ended`, `abandoned`, `incomplete`, `expired`, `upcoming`, or what is new.
        status: Option<String>,
        /// The plans in it. In events they are in `items`, in the Backend API's answers in `subscription_items`.
        items: Vec<SubscriptionItem>,
        /// The last payment.
        latest_payment_id: Option<String>,
        /// What it is paid with.
        payment_source_id: Option<String>,
        /// Since when it is active.
        active_at: Option<i64>,
        /// Since when a payment is due.
        past_due_at: Option<i64>,
        /// When it was cancelled.
        canceled_at: Option<i64>,
        /// When it ended.
        ended_at: Option<i64>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

resource! {
    /// One plan of a subscription. Times are milliseconds since 1970.
    SubscriptionItem {
        /// The plan's id.
        plan_id: Option<String>,
        /// The plan: `slug`, `name`, `amount` and so on.
        plan: Option<Map<String, Value>>,
        /// `month`, `annual`, or what is new.
        plan_period: Option<String>,
        /// Who pays: `user_id` or `organization_id`, and so on.
        payer: Map<String, Value>,
        /// `active`, `canceled`, `expired`, `ended`, `past_due`, `upcoming`, `incomplete`, `abandoned`, or what is new.
        status: Option<String>,
        /// What it costs: `amount` in the smallest unit and `currency`.
        amount: Map<String, Value>,
        /// Whether it costs nothing yet.
        is_free_trial: bool,
        /// When the next payment is due.
        next_payment_date: Option<i64>,
        /// How much that is, in the smallest unit.
        next_payment_amount: Option<i64>,
        /// When the paid period began.
        period_start: Option<i64>,
        /// When the paid period ends.
        period_end: Option<i64>,
        /// Since when a payment is due.
        past_due_at: Option<i64>,
        /// When it was cancelled.
        canceled_at: Option<i64>,
        /// When it was made.
        created_at: Option<i64>,
        /// When it was last changed.
        updated_at: Option<i64>,
    }
}

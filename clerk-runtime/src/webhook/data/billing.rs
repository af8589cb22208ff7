//! Subscriptions and payments.

use serde_json::{Map, Value};

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

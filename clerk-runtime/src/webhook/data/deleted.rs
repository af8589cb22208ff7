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

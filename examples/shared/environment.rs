/// Whether any variable of Clerk's is set. Without one an instance in this process stands in.
pub(crate) fn configures_clerk() -> bool {
    std::env::vars_os()
        .any(|(name, value)| name.as_encoded_bytes().starts_with(b"CLERK_") && !value.is_empty())
}

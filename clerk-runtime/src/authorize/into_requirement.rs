use super::requirement::Requirement;

/// Stands for the argument of [`Auth::has`](crate::Auth::has) and [`Auth::authorize`](crate::Auth::authorize): a
/// [`Requirement`], or a key that says what it is, as the constants of [`roles!`](crate::roles) do.
///
/// Implemented for all that becomes a [`Requirement`] by `Into`; there is nothing to implement.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what is required",
    label = "is it a role, a permission, a feature, a plan?",
    note = "write `Requirement::role(\"org:admin\")` or `Requirement::permission(\"org:invoices:read\")`, or a constant of `roles!` or `permissions!`"
)]
pub trait IntoRequirement<'a> {
    /// Says what is required.
    fn into_requirement(self) -> Requirement<'a>;
}

#[diagnostic::do_not_recommend]
impl<'a, T: Into<Requirement<'a>>> IntoRequirement<'a> for T {
    fn into_requirement(self) -> Requirement<'a> {
        self.into()
    }
}

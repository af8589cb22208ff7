//! Checks the type of a constant in an attribute.

use crate::authorize::{Feature, Permission, Plan, Reverification, Role};

/// Constants of [`roles!`](crate::roles).
#[diagnostic::on_unimplemented(
    message = "`role` takes a key in quotes or a constant of `roles!`, but this is of the type `{Self}`",
    label = "not declared by `roles!`",
    note = "write `role = \"org:admin\"`, or declare it by `roles! {{ pub Roles {{ Admin = \"org:admin\" }} }}` and write `role = Roles::Admin`"
)]
pub trait RoleConstant {}

#[diagnostic::do_not_recommend]
impl RoleConstant for Role<'_> {}

/// Compiles if it is a role.
pub const fn is_role<T: RoleConstant>(_: &T) {}

/// Constants of [`permissions!`](crate::permissions).
#[diagnostic::on_unimplemented(
    message = "`permission` takes a key in quotes or a constant of `permissions!`, but this is of the type `{Self}`",
    label = "not declared by `permissions!`",
    note = "write `permission = \"org:invoices:read\"`, or declare it by `permissions! {{ pub Perm {{ Read = \"org:invoices:read\" }} }}` and write `permission = Perm::Read`"
)]
pub trait PermissionConstant {}

#[diagnostic::do_not_recommend]
impl PermissionConstant for Permission<'_> {}

/// Compiles if it is a permission.
pub const fn is_permission<T: PermissionConstant>(_: &T) {}

/// Constants of [`features!`](crate::features).
#[diagnostic::on_unimplemented(
    message = "`feature` takes a slug in quotes or a constant of `features!`, but this is of the type `{Self}`",
    label = "not declared by `features!`",
    note = "write `feature = \"export\"`, or declare it by `features! {{ pub Features {{ Export = \"export\" }} }}` and write `feature = Features::Export`"
)]
pub trait FeatureConstant {}

#[diagnostic::do_not_recommend]
impl FeatureConstant for Feature<'_> {}

/// Compiles if it is a feature.
pub const fn is_feature<T: FeatureConstant>(_: &T) {}

/// Constants of [`plans!`](crate::plans).
#[diagnostic::on_unimplemented(
    message = "`plan` takes a slug in quotes or a constant of `plans!`, but this is of the type `{Self}`",
    label = "not declared by `plans!`",
    note = "write `plan = \"pro\"`, or declare it by `plans! {{ pub Plans {{ Pro = \"pro\" }} }}` and write `plan = Plans::Pro`"
)]
pub trait PlanConstant {}

#[diagnostic::do_not_recommend]
impl PlanConstant for Plan<'_> {}

/// Compiles if it is a plan.
pub const fn is_plan<T: PlanConstant>(_: &T) {}

/// Constants of the type [`Reverification`].
#[diagnostic::on_unimplemented(
    message = "`reverification` takes a preset in quotes or a constant of the type `Reverification`, but this is of the type `{Self}`",
    label = "not a `Reverification`",
    note = "write `reverification = \"strict\"` or `reverification(level = \"second_factor\", after_minutes = 10)`"
)]
pub trait ReverificationConstant {}

#[diagnostic::do_not_recommend]
impl ReverificationConstant for Reverification {}

/// Compiles if it is one.
pub const fn is_reverification<T: ReverificationConstant>(_: &T) {}

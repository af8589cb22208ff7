//! The types that axum reads from the body of a request as they are.

use std::marker::PhantomData;

use axum::body::Bytes;

/// Tells `#[protected]` and `#[public]` whether a type that they see the name of is text or bytes from the body.
///
/// An inherent constant wins over that of a trait: `IS_BODY` is `true` for the types named here, and that of [`IsNoBody`]
/// for all others. So a constant can decide by a type, also behind an alias.
pub struct IsBody<T>(PhantomData<T>);

impl IsBody<String> {
    /// Axum reads it from the body.
    pub const IS_BODY: bool = true;
}

impl IsBody<Bytes> {
    /// Axum reads it from the body.
    pub const IS_BODY: bool = true;
}

impl<E> IsBody<Result<String, E>> {
    /// Axum reads it from the body.
    pub const IS_BODY: bool = true;
}

impl<E> IsBody<Result<Bytes, E>> {
    /// Axum reads it from the body.
    pub const IS_BODY: bool = true;
}

/// Every type that [`IsBody`] says nothing of.
pub trait IsNoBody {
    /// Axum does not read it from the body as it is.
    const IS_BODY: bool = false;
}

impl<T> IsNoBody for IsBody<T> {}

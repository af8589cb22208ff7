//! Types that are futures, as far as their spelling tells.

use syn::punctuated::Punctuated;
use syn::{Token, Type, TypeParamBound};

use crate::shape;

/// Pointers to a future, which are futures themselves.
const POINTERS: [&str; 2] = ["Pin", "Box"];

/// Futures of the standard library and of tokio whose names do not end in `Future`.
const NAMED: [&str; 2] = ["Ready", "JoinHandle"];

/// Returns whether a type is a future: `impl Future`, one behind `Pin` and `Box`, or a type whose name ends in `Future`, such as
/// `BoxFuture`. Aliases with other names are not seen.
pub(crate) fn is_future(ty: &Type) -> bool {
    match shape::bare(ty) {
        Type::ImplTrait(opaque) => has_future(&opaque.bounds),
        Type::TraitObject(object) => has_future(&object.bounds),
        Type::Reference(reference) => is_future(&reference.elem),
        ty => {
            POINTERS
                .into_iter()
                .any(|pointer| shape::argument(ty, pointer).is_some_and(is_future))
                || shape::last_segment(ty).is_some_and(|segment| {
                    let is_generic = !segment.arguments.is_none();
                    let name = segment.ident.to_string();
                    name.ends_with("Future") || is_generic && NAMED.contains(&name.as_str())
                })
        }
    }
}

fn has_future(bounds: &Punctuated<TypeParamBound, Token![+]>) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            let name = bound
                .path
                .segments
                .last()
                .map(|segment| segment.ident.to_string());
            name.is_some_and(|name| name.ends_with("Future") && name != "IntoFuture")
        }
        _ => false,
    })
}

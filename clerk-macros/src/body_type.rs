//! Types that are text or raw bytes, as far as their spelling tells.

use syn::ext::IdentExt;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

use crate::shape;

/// Types that hold a value of another type, by their last segment. The other type is the first in the angle brackets.
const WRAPPERS: [&str; 6] = ["Option", "Result", "Box", "Rc", "Arc", "Cow"];

/// Returns whether a type is text or raw bytes: owned, borrowed, behind wrappers, or among the parts of a tuple.
///
/// Aliases, and types of the user's, are not seen.
pub(crate) fn is_text_or_bytes(ty: &Type) -> bool {
    match shape::bare(ty) {
        Type::Reference(reference) => is_text_or_bytes(&reference.elem),
        Type::Slice(slice) => shape::is_named(&slice.elem, "u8"),
        Type::Array(array) => shape::is_named(&array.elem, "u8"),
        Type::Tuple(tuple) => tuple.elems.iter().any(is_text_or_bytes),
        ty => shape::last_segment(ty).is_some_and(|segment| match &*segment.ident.unraw().to_string() {
            "String" | "str" | "Bytes" | "BytesMut" => true,
            "Vec" => first_argument(segment).is_some_and(|item| shape::is_named(item, "u8")),
            name if WRAPPERS.contains(&name) => first_argument(segment).is_some_and(is_text_or_bytes),
            _ => false,
        }),
    }
}

/// Returns whether axum reads a type of text or bytes from the body of the request. It does not extract the others at all.
pub(crate) fn is_read_from_body(ty: &Type) -> bool {
    match shape::bare(ty) {
        Type::Tuple(tuple) => tuple.elems.last().is_some_and(is_read_from_body),
        ty => shape::last_segment(ty).is_some_and(|segment| match &*segment.ident.unraw().to_string() {
            "String" | "Bytes" | "BytesMut" => true,
            "Result" => first_argument(segment).is_some_and(is_read_from_body),
            _ => false,
        }),
    }
}

fn first_argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

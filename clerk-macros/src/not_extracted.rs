//! Types that axum does not extract as they are, and where their values are to be had.

use quote::ToTokens;
use syn::PatType;

use crate::shape;
use crate::slot::Slot;

/// Refuses types of the language and of widespread crates that are no extractors, and the handle itself.
pub(crate) fn check(parameter: &PatType) -> syn::Result<()> {
    let ty = &*parameter.ty;
    let shown = ty.to_token_stream().to_string().replace(' ', "");
    if let Some(slot) = shape::argument(ty, "Extension")
        .and_then(shape::last_segment)
        .and_then(|inner| Slot::of_type(&inner.ident.to_string()))
    {
        let message = format!(
            "`Extension` gives what some layer has put there, not what was verified for this handler: in a protected handler write \
             `{}: {}`, in a public one `auth: Auth`; mark it with `#[extract]` if it is a value of your own",
            slot.name(),
            slot.usual_type()
        );
        return Err(syn::Error::new_spanned(ty, message));
    }
    let advice = if shape::is_named(ty, "Clerk") {
        "write `State(clerk): State<Clerk>`".into()
    } else if ["Value", "Map", "HashMap", "BTreeMap"]
        .into_iter()
        .any(|map| shape::is_named(ty, map))
    {
        format!("write `Json(..): Json<{shown}>` for the body, or `Query(..): Query<{shown}>`")
    } else if shape::is_misfit(ty) {
        format!("write `Path(..): Path<{shown}>` for a part of the path, or `Query` or `Json` of a struct")
    } else {
        return Ok(());
    };
    Err(syn::Error::new_spanned(
        ty,
        format!(
            "axum does not extract `{shown}` from a request: {advice}; mark it with `#[extract]` if it is an extractor of yours"
        ),
    ))
}

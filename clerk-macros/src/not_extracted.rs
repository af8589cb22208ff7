//! Types that axum does not extract as they are, and where their values are to be had.

use quote::ToTokens;
use syn::{PatType, Type};

use crate::body::Caller;
use crate::shape;
use crate::slot::Slot;

/// Extractors whose value the caller writes, and where it stands.
const WRITTEN_BY_CALLER: [(&str, &str); 4] = [
    ("Path", "the path"),
    ("Query", "the query"),
    ("Json", "the body"),
    ("Form", "the form"),
];

/// Refuses types of the language and of widespread crates that are no extractors, the handle itself, and what only looks
/// verified.
pub(crate) fn check(parameter: &PatType, caller: Caller) -> syn::Result<()> {
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
    if let Some(message) = webhook(ty, caller).or_else(|| unverified(ty, caller)) {
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

/// Returns the error for an id that the caller writes under the type of a verified one.
fn unverified(ty: &Type, caller: Caller) -> Option<String> {
    let extractor = unwrapped(ty);
    let (name, place) = WRITTEN_BY_CALLER
        .into_iter()
        .find(|(name, _)| shape::is_named(extractor, name))?;
    let inner = shape::argument(extractor, name)?;
    let ids: Vec<&Type> = match shape::bare(inner) {
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        inner => vec![inner],
    };
    let slot = ids.into_iter().find_map(|id| {
        let id = shape::argument(id, "Option").unwrap_or(id);
        Slot::of_type(&shape::last_segment(id)?.ident.to_string()).filter(|slot| slot.id_type().is_some())
    })?;
    let id = slot.usual_type();
    let verified = match caller {
        Caller::SignedIn => format!("the verified one is `{}: {id}`", slot.name()),
        Caller::Anyone => format!("the verified one is `auth.{}()` of `auth: Auth`", slot.name()),
    };
    Some(format!(
        "a caller may write any `{id}` into {place}, and it is not verified: {verified}; write `String` for the id of another \
         one, or mark it with `#[extract]`"
    ))
}

/// Returns the error for a webhook that is not taken as the parameter it has to be.
fn webhook(ty: &Type, caller: Caller) -> Option<String> {
    let inner = unwrapped(ty);
    if matches!(caller, Caller::SignedIn) && shape::is_named(inner, "Webhook") {
        return Some(
            "Clerk sends webhooks without a token, so each delivery would be answered 401: write `#[public]` in place of \
             `#[protected]`; the signature is verified all the same"
                .into(),
        );
    }
    let write = "write `Webhook(event): Webhook` in a `#[public]` handler";
    let in_body = ["Json", "Form", "Extension"].into_iter().find(|body| {
        shape::argument(inner, body).is_some_and(|inner| shape::is_named(inner, "WebhookEvent"))
    });
    if let Some(body) = in_body {
        return Some(format!(
            "`{body}` does not verify the signature of a webhook, so anyone could send one: {write}"
        ));
    }
    if shape::is_named(inner, "WebhookEvent") {
        return Some(format!(
            "an event is taken out of a webhook whose signature is verified: {write}"
        ));
    }
    (shape::argument(ty, "Option").is_some() && shape::is_named(inner, "Webhook"))
        .then(|| format!("a webhook that is not verified is refused, so it is never missing: {write}"))
}

/// The type in an `Option` or a `Result`, or the type itself.
fn unwrapped(ty: &Type) -> &Type {
    shape::argument(ty, "Option")
        .or_else(|| shape::argument(ty, "Result"))
        .unwrap_or(ty)
}

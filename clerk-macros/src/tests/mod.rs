mod arguments;
mod blocks;
mod bodies;
mod combinations;
mod declarations;
mod distances;
mod expansion;
mod futures;
mod identities;
mod impl_blocks;

use proc_macro2::TokenStream;

/// The text of each `compile_error!`.
fn messages(tokens: TokenStream) -> Vec<String> {
    let file: syn::File = syn::parse2(tokens).unwrap();
    file.items
        .into_iter()
        .filter_map(|item| match item {
            syn::Item::Macro(item) if item.mac.path.segments.last()?.ident == "compile_error" => {
                Some(item.mac.parse_body::<syn::LitStr>().unwrap().value())
            }
            _ => None,
        })
        .collect()
}

use axum::response::{Html, IntoResponse, Response};
use clerk_runtime::Auth;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f}\
nav{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;min-height:2.75rem;border-bottom:1px solid #d0d0d8;\
padding-bottom:.75rem}nav>:last-child{margin-left:auto}h1{font-size:1.5rem}input,button{font:inherit;padding:.4rem .6rem;\
margin:.25rem .25rem .25rem 0;border:1px solid #76767f;border-radius:.4rem;background:#fff;color:inherit}nav \
button{margin:0}label{display:block}:focus-visible{outline:3px solid #3558d4}code{background:#f2f2f6;padding:0 .25rem}";

/// A page with the navigation, for whoever is signed in.
pub(crate) fn page(title: &str, auth: &Auth, body: &str) -> Response {
    let title = escape(title);
    let session = if auth.is_authenticated() {
        "<form method=\"post\" action=\"/sign-out\"><button>Sign out</button></form>"
    } else {
        "<a href=\"/sign-in\">Sign in</a>"
    };
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head><body>\
         <nav><a href=\"/\">Home</a><a href=\"/notes\">Notes</a><a href=\"/me\">Personal account</a>\
         <a href=\"/orgs/acme\">Acme</a><a href=\"/orgs/umbrella\">Umbrella</a>{session}</nav>\
         <main><h1>{title}</h1>{body}</main></body></html>"
    ))
    .into_response()
}

/// Text as it may stand in HTML, in attributes too.
pub(crate) fn escape(text: &str) -> String {
    text.chars()
        .map(|char| match char {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\'' => "&#39;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

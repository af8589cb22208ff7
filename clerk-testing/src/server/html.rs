use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:4rem auto;padding:0 1rem;color:#1b1b1f;\
background:#fff}h1{font-size:1.4rem}label,p{display:block;margin:1rem 0 .25rem}button,input{font:inherit;box-sizing:\
border-box;width:100%;padding:.5rem;margin:.25rem 0;border:1px solid #76767f;border-radius:.4rem;background:#fff;\
color:inherit;text-align:left}button:hover{background:#eef}form>button{background:#3558d4;border-color:#3558d4;color:#fff;\
text-align:center}form>button:hover{background:#2a46ab}button[aria-current]{font-weight:600}:focus-visible{outline:3px \
solid #3558d4}";

/// Text as it may stand in HTML, in attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A page with a title that is escaped here and a body that is HTML already.
pub(super) fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let title = escape(title);
    let mut response = (
        status,
        Html(format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\
             <body><main><h1>{title}</h1>{body}</main></body></html>"
        )),
    )
        .into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // No `form-action`: browsers apply it to where a form redirects to, which is the application.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        ),
    );
    response
}

/// A form field that nobody sees.
pub(super) fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
        escape(value)
    )
}

/// A button that sends its form with this value.
pub(super) fn button(name: &str, value: &str, text: &str, is_current: bool) -> String {
    let current = if is_current { " aria-current=\"true\"" } else { "" };
    format!(
        "<button name=\"{name}\" value=\"{}\"{current}>{}</button>",
        escape(value),
        escape(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(
            button("n", "\"><script>", "<b>'&", false),
            "<button name=\"n\" value=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&#39;&amp;</button>"
        );
        assert_eq!(
            hidden("n", "'\""),
            "<input type=\"hidden\" name=\"n\" value=\"&#39;&quot;\">"
        );
    }
}

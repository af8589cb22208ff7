use crate::api::Perm;
use crate::shared::Backend;

/// What to try, with the status to expect below each line.
pub(crate) fn of(backend: &Backend, url: &str) -> String {
    let line =
        |path: &str, options: &str, answer: &str| format!("  curl -i {options}{url}{path}\n      {answer}\n");
    let signed_out = [
        line("/openapi.json", "", "200, the document"),
        line("/health", "", "200"),
        line("/me", "", "401"),
    ]
    .concat();
    let Backend::Local(instance) = backend else {
        return signed_out;
    };
    let reader = instance
        .user("bob")
        .org("acme")
        .permissions([Perm::InvoicesRead.0])
        .expires_in(3600);
    let bob = "-H \"Authorization: Bearer $TOKEN\" ";
    let post = format!("{bob}-H 'Content-Type: application/json' -d '{{\"cents\":4200}}' ");
    let token = |bearer: &str| format!("  TOKEN={}\n", bearer.trim_start_matches("Bearer "));
    let key = instance.api_key("bob").bearer();
    let reading_key = instance.api_key("bob").scopes(["invoices:read"]).bearer();
    let signed_in = [
        token(&reader.bearer()),
        line("/me", bob, "200"),
        line("/invoices", bob, "200"),
        line("/invoices", &post, "403, for lack of the permission"),
        line("/export", bob, "401, for lack of an API key"),
        token(&key),
        line("/export", bob, "403, for lack of the scope"),
        token(&reading_key),
        line("/export", bob, "200"),
    ]
    .concat();
    format!(
        "Without the keys of an instance a Clerk of this process's own stands in, with one user, bob, who may read invoices.\n\n\
             {signed_out}\nSigned in as bob, for an hour, or with an API key of his:\n\n{signed_in}"
    )
}

//! The domains of the instance, as Clerk's dashboard lists them.

use serde_json::{Value, json};

use super::call::{Call, Outcome};
use super::list::{Page, envelope};
use crate::state::Shared;

/// `GET /domains`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let page = Page::of(&call.query)?;
    let frontend_api = shared.issuer.trim_start_matches("https://");
    let primary = shared.setup.domain.as_deref().unwrap_or(frontend_api);
    let primary = domain(shared, primary, frontend_api, false);
    let satellites = shared
        .setup
        .satellites
        .iter()
        .map(|name| domain(shared, name, &format!("clerk.{name}"), true));
    envelope(std::iter::once(primary).chain(satellites).collect(), page)
}

fn domain(shared: &Shared, name: &str, frontend_api: &str, is_satellite: bool) -> Value {
    json!({
        "object": "domain",
        "id": shared.ids.named("dmn_", name),
        "name": name,
        "is_satellite": is_satellite,
        "frontend_api_url": format!("https://{frontend_api}"),
        "accounts_portal_url": format!("https://accounts.{name}"),
        "proxy_url": null,
        "development_origin": "",
        "cname_targets": null,
    })
}

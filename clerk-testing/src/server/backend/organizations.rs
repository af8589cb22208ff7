use serde_json::{Value, json};

use super::body::{Body, exists, value_invalid};
use super::call::{Call, Outcome, found};
use super::list::{Order, Page, envelope, is_found, member};
use super::user_filter::Choice;
use crate::directory::{Directory, new_organization};
use crate::metadata::merge;
use crate::params::Params;
use crate::server::answer::ApiError;
use crate::state::Shared;

const METADATA: [&str; 2] = ["public_metadata", "private_metadata"];
const LONGEST_NAME: usize = 256;
/// What Clerk lets organizations have unless somebody says otherwise.
const MEMBERSHIPS: i64 = 5;

/// `GET /organizations`
pub(super) fn list(shared: &Shared, call: &Call) -> Outcome {
    let query = &call.query;
    let page = Page::of(query)?;
    let order = Order::of(query, &["created_at", "name", "members_count"])?;
    let users = Choice::of(query, "user_id")?;
    let ids = Choice::of(query, "organization_id")?;
    let directory = shared.directory();
    let mut all = directory.shown_organizations();
    all.retain(|organization| {
        let text = |name: &str| organization[name].as_str().unwrap_or_default();
        is_found(organization, query, &["name", "slug"])
            && ids.allows(&[text("id")])
            && (users.is_open() || {
                let memberships = directory.shown_memberships(|id, _| id == text("id"));
                let members: Vec<_> = memberships
                    .iter()
                    .filter_map(|membership| membership["public_user_data"]["user_id"].as_str())
                    .collect();
                users.allows(&members)
            })
    });
    order.apply(&mut all, |organization, field| match field {
        "members_count" => json!(
            directory
                .counts(organization["id"].as_str().unwrap_or_default())
                .0
        ),
        _ => member(organization, field),
    });
    for organization in &mut all {
        count(&directory, organization, query);
    }
    envelope(all, page)
}

/// Adds how many members there are, if that was asked for.
fn count(directory: &Directory, organization: &mut Value, query: &Params) {
    let is_wanted = |name| query.first(name) == Some("true");
    let id = organization["id"].as_str().unwrap_or_default().to_owned();
    let (members, pending) = directory.counts(&id);
    if is_wanted("include_members_count") {
        organization["members_count"] = json!(members);
        organization["pending_invitations_count"] = json!(pending);
    }
    if is_wanted("include_missing_member_with_elevated_permissions") {
        let memberships = directory.shown_memberships(|of, _| of == id);
        let has_admin = memberships
            .iter()
            .any(|membership| membership["role"] == "org:admin");
        organization["missing_member_with_elevated_permissions"] = json!(!has_admin);
    }
}

/// `POST /organizations`
pub(super) fn create(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&[
        "name",
        "created_by",
        "private_metadata",
        "public_metadata",
        "slug",
        "max_allowed_memberships",
        "created_at",
        "role_set_key",
    ])?;
    let mut directory = shared.directory();
    let id = shared.ids.fresh("org_");
    let mut organization = new_organization(&id, shared.now());
    organization["max_allowed_memberships"] = json!(MEMBERSHIPS);
    body.required("name")?;
    common(&body, &directory, &mut organization)?;
    if organization["slug"] == "" {
        let name = organization["name"].as_str().unwrap_or_default();
        organization["slug"] = json!(free_slug(&directory, &slug_of(name)));
    }
    for name in METADATA {
        organization[name] = body.metadata(name)?;
    }
    let creator = body.text("created_by")?;
    if let Some(creator) = creator {
        if directory.user_by_id(creator).is_none() {
            return Err(ApiError::not_found("user"));
        }
        organization["created_by"] = json!(creator);
    }
    let shown = directory.add_organization(organization);
    if let Some(creator) = creator {
        directory.join(&id, creator, "org:admin", None);
    }
    Ok(shown.into())
}

/// `GET /organizations/{id or slug}`
pub(super) fn get(shared: &Shared, call: &Call) -> Outcome {
    let directory = shared.directory();
    let id = directory.organization_id(call.id(0));
    let mut shown = id.and_then(|id| directory.shown_organization(&id));
    if let Some(organization) = &mut shown {
        count(&directory, organization, &call.query);
    }
    found("organization", shown)
}

/// `PATCH /organizations/{id}`
pub(super) fn update(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&[
        "name",
        "slug",
        "max_allowed_memberships",
        "admin_delete_enabled",
        "created_at",
        "role_set_key",
    ])?;
    let mut directory = shared.directory();
    let Some(mut organization) = directory.shown_organization(call.id(0)) else {
        return Err(ApiError::not_found("organization"));
    };
    common(&body, &directory, &mut organization)?;
    let changed = directory.change_organization(call.id(0), |object| {
        organization["updated_at"] = object["updated_at"].take();
        *object = organization;
    });
    found("organization", changed)
}

/// What creating and changing have in common.
fn common(body: &Body, directory: &Directory, organization: &mut Value) -> Result<(), ApiError> {
    if let Some(name) = body.text("name")? {
        if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(value_invalid(
                "name",
                &format!("a string of 1 to {LONGEST_NAME} letters"),
            ));
        }
        organization["name"] = json!(name);
    }
    if let Some(slug) = body.text("slug")? {
        if slug.is_empty() || slug_of(slug) != slug {
            let message = "slug may have lower-case letters, digits and single hyphens between them";
            return Err(ApiError::param("form_param_format_invalid", message, "slug"));
        }
        let of_other = directory
            .organization_id(slug)
            .filter(|id| organization["id"] != **id);
        if of_other.is_some() {
            return Err(exists("slug"));
        }
        organization["slug"] = json!(slug);
    }
    if let Some(most) = body.integer("max_allowed_memberships", 0..=i64::MAX)? {
        organization["max_allowed_memberships"] = json!(most);
    }
    if let Some(flag) = body.flag("admin_delete_enabled")? {
        organization["admin_delete_enabled"] = json!(flag);
    }
    if let Some(time) = body.time("created_at")? {
        organization["created_at"] = json!(time);
    }
    if let Some(key) = body.text("role_set_key")? {
        organization["role_set_key"] = json!(key);
    }
    Ok(())
}

/// `analytical-engines` of `Analytical Engines`.
fn slug_of(name: &str) -> String {
    let letters = name.to_lowercase();
    let words = letters.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// This slug, or it with a number.
fn free_slug(directory: &Directory, slug: &str) -> String {
    let slug = if slug.is_empty() { "organization" } else { slug };
    let numbered = (2u64..).map(|number| format!("{slug}-{number}"));
    let mut candidates = std::iter::once(slug.to_owned()).chain(numbered);
    candidates
        .find(|candidate| directory.organization_id(candidate).is_none())
        .unwrap_or_default()
}

/// `DELETE /organizations/{id}`
pub(super) fn delete(shared: &Shared, call: &Call) -> Outcome {
    found("organization", shared.directory().delete_organization(call.id(0)))
}

/// `PATCH /organizations/{id}/metadata`
pub(super) fn merge_metadata(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&METADATA)?;
    for name in METADATA {
        body.object(name)?;
    }
    let changed = shared.directory().change_organization(call.id(0), |object| {
        for name in METADATA {
            if let Some(Value::Object(patch)) = body.given(name) {
                merge(&mut object[name], patch);
            }
        }
    });
    found("organization", changed)
}

/// `PUT /organizations/{id}/metadata`
pub(super) fn replace_metadata(shared: &Shared, call: &Call) -> Outcome {
    let body = call.body(&METADATA)?;
    for name in METADATA {
        body.object(name)?;
    }
    let changed = shared.directory().change_organization(call.id(0), |object| {
        for name in METADATA {
            if let Some(value) = body.given(name) {
                object[name] = value.clone();
            }
        }
    });
    found("organization", changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_made_of_names() {
        assert_eq!(slug_of("Analytical Engines, Inc."), "analytical-engines-inc");
        assert_eq!(slug_of("--a--b--"), "a-b");
        assert_eq!(slug_of("§$%"), "");
        let mut directory = Directory::empty();
        assert_eq!(free_slug(&directory, ""), "organization");
        let acme = directory.organization_called("acme");
        directory.keep_organization(&acme);
        assert_eq!(free_slug(&directory, "acme"), "acme-2");
    }
}

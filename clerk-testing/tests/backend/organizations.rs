use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{error, get, not_found, of_param, ok, start, text};

#[tokio::test]
async fn organizations_are_made_shown_changed_and_deleted() {
    let instance = start().await;
    let ada = instance.user("ada").user_id();
    let made = ok(
        &instance,
        "POST /organizations",
        json!({ "name": "Analytical Engines", "created_by": ada, "public_metadata": { "p": 1 },
            "private_metadata": { "s": 1 }, "max_allowed_memberships": null }),
    );
    let id = text(&made["id"]);
    for (name, value) in [
        ("object", json!("organization")),
        ("name", json!("Analytical Engines")),
        ("slug", json!("analytical-engines")),
        ("created_by", json!(ada)),
        ("max_allowed_memberships", json!(5)),
        ("admin_delete_enabled", json!(true)),
        ("public_metadata", json!({ "p": 1 })),
        ("private_metadata", json!({ "s": 1 })),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert_eq!(get(&instance, &format!("/organizations/{id}")), made);
    let counted = get(
        &instance,
        "/organizations/analytical-engines?include_members_count=true",
    );
    assert_eq!(
        (&counted["id"], &counted["members_count"]),
        (&made["id"], &json!(1))
    );
    let memberships = get(&instance, &format!("/organizations/{id}/memberships"));
    assert_eq!(memberships["data"][0]["role"], "org:admin");

    instance.advance(Duration::from_secs(1));
    let changed = ok(
        &instance,
        &format!("PATCH /organizations/{id}"),
        json!({ "name": "AE", "slug": "ae", "max_allowed_memberships": 0, "admin_delete_enabled": false,
            "created_at": "2026-01-01T00:00:00Z", "role_set_key": "role_set:other" }),
    );
    let mut wanted = made.clone();
    for (name, value) in [
        ("name", json!("AE")),
        ("slug", json!("ae")),
        ("max_allowed_memberships", json!(0)),
        ("admin_delete_enabled", json!(false)),
        ("role_set_key", json!("role_set:other")),
        ("created_at", json!(1_767_225_600_000_i64)),
        ("updated_at", json!(made["updated_at"].as_i64().unwrap() + 1000)),
    ] {
        wanted[name] = value;
    }
    assert_eq!(changed, wanted);

    let deleted = ok(&instance, &format!("DELETE /organizations/{id}"), Value::Null);
    assert_eq!(
        deleted,
        json!({ "object": "organization", "id": id, "slug": "ae", "deleted": true })
    );
    for call in ["GET", "PATCH", "DELETE"] {
        assert_eq!(
            error(&instance, &format!("{call} /organizations/{id}"), Value::Null),
            not_found()
        );
    }
    assert_eq!(
        get(&instance, &format!("/users/{ada}/organization_memberships"))["total_count"],
        0
    );
}

#[tokio::test]
async fn what_cannot_be_an_organization_is_refused() {
    let instance = start().await;
    let acme = instance.organization("acme");
    let refused = |body: Value| error(&instance, "POST /organizations", body);
    for (body, code, param) in [
        (json!({}), "form_param_missing", "name"),
        (json!({ "name": null }), "form_param_missing", "name"),
        (json!({ "name": 1 }), "form_param_type_invalid", "name"),
        (
            json!({ "name": "a".repeat(257) }),
            "form_param_value_invalid",
            "name",
        ),
        (
            json!({ "name": "Acme", "slug": "acme" }),
            "form_identifier_exists",
            "slug",
        ),
        (
            json!({ "name": "Acme", "slug": "A B" }),
            "form_param_format_invalid",
            "slug",
        ),
        (
            json!({ "name": "Acme", "max_allowed_memberships": -1 }),
            "form_param_value_invalid",
            "max_allowed_memberships",
        ),
        (
            json!({ "name": "Acme", "public_metadata": 1 }),
            "form_param_type_invalid",
            "public_metadata",
        ),
        (
            json!({ "name": "Acme", "logo": "x" }),
            "form_param_unknown",
            "logo",
        ),
    ] {
        assert_eq!(refused(body.clone()), of_param(code, param), "{body}");
    }
    assert_eq!(
        refused(json!({ "name": "Acme", "created_by": "user_1" })),
        not_found()
    );
    assert_eq!(get(&instance, "/organizations")["total_count"], 1);
    // A slug that nobody asked for makes way.
    let second = ok(&instance, "POST /organizations", json!({ "name": "Acme" }));
    assert_eq!(second["slug"], "acme-2");
    let call = format!("PATCH /organizations/{}", text(&second["id"]));
    assert_eq!(
        error(&instance, &call, json!({ "slug": "acme" })),
        of_param("form_identifier_exists", "slug")
    );
    assert_eq!(
        error(&instance, &call, json!({ "public_metadata": {} })).1,
        "form_param_unknown"
    );
    let own = format!("PATCH /organizations/{}", acme.id());
    assert_eq!(ok(&instance, &own, json!({ "slug": "acme" }))["slug"], "acme");
}

#[tokio::test]
async fn metadata_is_merged_or_replaced() {
    let instance = start().await;
    let id = instance.organization("acme").id();
    let call =
        |method: &str, body: Value| ok(&instance, &format!("{method} /organizations/{id}/metadata"), body);
    call("PATCH", json!({ "public_metadata": { "a": 1, "b": { "c": 1 } } }));
    let merged = call(
        "PATCH",
        json!({ "public_metadata": { "a": null, "b": { "d": 2 } }, "private_metadata": { "p": 1 } }),
    );
    assert_eq!(merged["public_metadata"], json!({ "b": { "c": 1, "d": 2 } }));
    let replaced = call("PUT", json!({ "public_metadata": { "z": 1 } }));
    assert_eq!(
        (&replaced["public_metadata"], &replaced["private_metadata"]),
        (&json!({ "z": 1 }), &json!({ "p": 1 }))
    );
    for method in ["PATCH", "PUT"] {
        let path = format!("{method} /organizations/{id}/metadata");
        assert_eq!(
            error(&instance, &path, json!({ "private_metadata": 1 })).1,
            "form_param_type_invalid"
        );
        assert_eq!(
            error(&instance, &path, json!({ "unsafe_metadata": {} })).1,
            "form_param_unknown"
        );
        assert_eq!(
            error(
                &instance,
                &format!("{method} /organizations/org_1/metadata"),
                json!({})
            ),
            not_found()
        );
    }
}

#[tokio::test]
async fn organizations_are_listed_and_found() {
    let instance = start().await;
    for (name, member) in [("Beta", "ada"), ("alpha", "bob"), ("Gamma", "ada")] {
        let creator = instance.user(member).user_id();
        ok(
            &instance,
            "POST /organizations",
            json!({ "name": name, "created_by": creator }),
        );
        instance.advance(Duration::from_secs(1));
    }
    let gamma = text(&get(&instance, "/organizations/gamma")["id"]);
    instance.organization("gamma").member("bob", "member");
    let (ada, bob) = (instance.user("ada").user_id(), instance.user("bob").user_id());
    let names = |query: &str| {
        let page = get(&instance, &format!("/organizations?{query}"));
        let names: Vec<_> = page["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| text(&item["name"]))
            .collect();
        format!("{} of {}", names.join(" "), page["total_count"])
    };
    assert_eq!(names(""), "Gamma alpha Beta of 3");
    assert_eq!(names("limit=1&offset=1"), "alpha of 3");
    assert_eq!(names("order_by=name"), "alpha Beta Gamma of 3");
    assert_eq!(names("order_by=-members_count&limit=1"), "Gamma of 3");
    assert_eq!(names(&format!("user_id={ada}")), "Gamma Beta of 2");
    assert_eq!(names(&format!("user_id={ada}&user_id=-{bob}")), "Beta of 1");
    assert_eq!(names(&format!("organization_id={gamma}")), "Gamma of 1");
    assert_eq!(names("query=ET"), "Beta of 1");
    let counted = get(&instance, "/organizations?include_members_count=true&query=gamma");
    assert_eq!(counted["data"][0]["members_count"], 2);
    assert_eq!(
        get(&instance, "/organizations?query=gamma")["data"][0].get("members_count"),
        None
    );
    // Bob is a member of gamma and Ada its admin.
    let is_missing = || {
        let flag = "include_missing_member_with_elevated_permissions";
        let shown = get(&instance, &format!("/organizations/gamma?{flag}=true"));
        shown["missing_member_with_elevated_permissions"].clone()
    };
    assert_eq!(is_missing(), false);
    for (user, missing) in [(&ada, true), (&bob, true)] {
        let call = format!("DELETE /organizations/{gamma}/memberships/{user}");
        ok(&instance, &call, Value::Null);
        assert_eq!(is_missing(), missing, "{user}");
    }
    for query in ["limit=0", "order_by=slug"] {
        let (status, code, _) = error(&instance, &format!("GET /organizations?{query}"), Value::Null);
        assert_eq!((status, code.as_str()), (422, "form_param_value_invalid"));
    }
}

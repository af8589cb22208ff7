use std::time::Duration;

use clerk_testing::LocalInstance;
use serde_json::{Value, json};

use crate::wire::{each, error, get, of_param, ok, start, text};

/// Six users, each a second younger than the one before.
async fn crowd() -> (LocalInstance, Vec<String>) {
    let instance = start().await;
    let mut ids = Vec::new();
    for (name, last_name) in [
        ("ada", "Zorn"),
        ("bob", "Young"),
        ("cyd", "Xu"),
        ("dan", "Wu"),
        ("eve", "Vo"),
        ("flo", "Uhl"),
    ] {
        let body = json!({
            "username": name, "first_name": name, "last_name": last_name, "email_address": [format!("{name}@example.com")],
        });
        ids.push(text(&ok(&instance, "POST /users", body)["id"]));
        instance.advance(Duration::from_secs(1));
    }
    (instance, ids)
}

fn names(instance: &LocalInstance, query: &str) -> String {
    let list = get(instance, &format!("/users?{query}"));
    let count = get(instance, &format!("/users/count?{query}"));
    assert_eq!(count["object"], "total_count");
    // The count is that of all pages.
    assert!(count["total_count"].as_u64().unwrap() as usize >= list.as_array().unwrap().len());
    each(&list, "username").join(" ")
}

#[tokio::test]
async fn users_are_listed_in_pages() {
    let (instance, _) = crowd().await;
    assert_eq!(names(&instance, ""), "flo eve dan cyd bob ada");
    assert_eq!(names(&instance, "limit=2"), "flo eve");
    assert_eq!(names(&instance, "limit=2&offset=4"), "bob ada");
    assert_eq!(names(&instance, "offset=6"), "");
    assert_eq!(get(&instance, "/users/count?limit=2&offset=4")["total_count"], 6);
    for number in 0..10 {
        ok(
            &instance,
            "POST /users",
            json!({ "username": format!("u{number}") }),
        );
    }
    assert_eq!(get(&instance, "/users").as_array().unwrap().len(), 10);
    assert_eq!(get(&instance, "/users?limit=500").as_array().unwrap().len(), 16);
    for (query, param) in [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=ten", "limit"),
        ("offset=-1", "offset"),
        ("order_by=password", "order_by"),
        ("banned=perhaps", "banned"),
        ("created_at_before=yesterday", "created_at_before"),
    ] {
        let call = format!("GET /users?{query}");
        assert_eq!(
            error(&instance, &call, Value::Null),
            of_param("form_param_value_invalid", param),
            "{query}"
        );
    }
}

#[tokio::test]
async fn users_are_listed_in_any_order() {
    let (instance, ids) = crowd().await;
    assert_eq!(names(&instance, "order_by=created_at"), "ada bob cyd dan eve flo");
    assert_eq!(
        names(&instance, "order_by=%2Busername"),
        "ada bob cyd dan eve flo"
    );
    assert_eq!(
        names(&instance, "order_by=-email_address"),
        "flo eve dan cyd bob ada"
    );
    assert_eq!(names(&instance, "order_by=last_name"), "flo eve dan cyd bob ada");
    instance.advance(Duration::from_secs(1));
    ok(
        &instance,
        &format!("PATCH /users/{}", ids[2]),
        json!({ "first_name": "Cydonia" }),
    );
    assert_eq!(names(&instance, "order_by=-updated_at&limit=1"), "cyd");
    let _ = instance.user("dan").session_id();
    assert_eq!(names(&instance, "order_by=-last_sign_in_at&limit=1"), "dan");
}

#[tokio::test]
async fn a_cursor_walks_the_whole_list() {
    let (instance, ids) = crowd().await;
    let mut seen = Vec::new();
    let mut query = "limit=4".to_owned();
    loop {
        let page = get(&instance, &format!("/users?{query}"));
        let page = page.as_array().unwrap();
        seen.extend(page.iter().map(|user| text(&user["id"])));
        if page.len() < 4 {
            break;
        }
        // Somebody who comes in between moves nothing.
        ok(
            &instance,
            "POST /users",
            json!({ "username": format!("late{}", seen.len()) }),
        );
        query = format!("limit=4&starting_after={}", seen.last().unwrap());
    }
    let newest_first: Vec<_> = ids.iter().rev().cloned().collect();
    assert_eq!(seen, newest_first);
    assert_eq!(
        names(
            &instance,
            &format!("order_by=created_at&limit=2&starting_after={}", ids[1])
        ),
        "cyd dan"
    );
    for (query, param) in [
        (format!("starting_after={}&offset=1", ids[0]), "offset"),
        (format!("starting_after={}&order_by=username", ids[0]), "order_by"),
        ("starting_after=user_1".to_owned(), "starting_after"),
    ] {
        let call = format!("GET /users?{query}");
        assert_eq!(
            error(&instance, &call, Value::Null),
            of_param("form_param_value_invalid", param),
            "{query}"
        );
    }
}

#[tokio::test]
async fn users_are_found() {
    let (instance, ids) = crowd().await;
    let acme = instance
        .organization("acme")
        .member("ada", "admin")
        .member("bob", "member");
    ok(&instance, &format!("POST /users/{}/ban", ids[5]), Value::Null);
    let since = get(&instance, &format!("/users/{}", ids[3]))["created_at"].clone();
    for (query, wanted) in [
        (format!("user_id={}&user_id={}", ids[0], ids[1]), "bob ada"),
        (format!("user_id=-{}&limit=2", ids[5]), "eve dan"),
        ("email_address=EVE@example.com".to_owned(), "eve"),
        ("username=ada&username=cyd".to_owned(), "cyd ada"),
        ("query=xu".to_owned(), "cyd"),
        ("query=example.com&limit=1".to_owned(), "flo"),
        ("name_query=bob%20y".to_owned(), "bob"),
        ("banned=true".to_owned(), "flo"),
        (format!("created_at_after={since}"), "flo eve"),
        (
            format!("created_at_before={since}&order_by=created_at"),
            "ada bob cyd",
        ),
        (format!("organization_id={}", acme.id()), "bob ada"),
        (format!("organization_id=%2B{}&query=ada", acme.id()), "ada"),
        (
            format!("organization_id=-{}&order_by=username&limit=1", acme.id()),
            "cyd",
        ),
        ("query=nobody".to_owned(), ""),
    ] {
        assert_eq!(names(&instance, &query), wanted, "{query}");
    }
    assert_eq!(get(&instance, "/users/count?banned=false")["total_count"], 5);
    let many: String = (0..101).map(|number| format!("user_id=user_{number}&")).collect();
    assert_eq!(
        error(&instance, &format!("GET /users/count?{many}"), Value::Null),
        of_param("form_param_value_invalid", "user_id")
    );
}

#[tokio::test]
async fn users_show_their_memberships_and_invitations() {
    let instance = start().await;
    let ada = instance.user("ada").user_id();
    for slug in ["one", "two", "three"] {
        let organization = instance.organization(slug).member("ada", "admin");
        let body = json!({ "email_address": "bob@example.com", "role": "org:member" });
        ok(
            &instance,
            &format!("POST /organizations/{}/invitations", organization.id()),
            body,
        );
    }
    let page = get(
        &instance,
        &format!("/users/{ada}/organization_memberships?limit=2"),
    );
    assert_eq!(page["total_count"], 3);
    let slugs: Vec<_> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["organization"]["slug"])
        .collect();
    assert_eq!(slugs, ["three", "two"]);
    assert_eq!(page["data"][0]["public_user_data"]["user_id"], ada);

    let bob = instance.user("bob").user_id();
    let path = format!("/users/{bob}/organization_invitations");
    let page = get(&instance, &format!("{path}?offset=1"));
    assert_eq!(
        (
            page["total_count"].as_u64(),
            page["data"].as_array().unwrap().len()
        ),
        (Some(3), 2)
    );
    assert_eq!(page["data"][0]["public_organization_data"]["slug"], "two");
    assert_eq!(
        get(&instance, &format!("{path}?status=revoked"))["total_count"],
        0
    );
    assert_eq!(
        error(&instance, &format!("GET {path}?status=lost"), Value::Null),
        of_param("form_param_value_invalid", "status")
    );
}

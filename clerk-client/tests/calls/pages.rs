//! Lists as one stream.

use std::pin::pin;

use clerk_client::Pages;
use futures_core::Stream;

use crate::script::{Script, answer, ok};

fn users(ids: std::ops::Range<u32>) -> String {
    let users: Vec<String> = ids.map(|id| format!(r#"{{"id":"user_{id}"}}"#)).collect();
    format!("[{}]", users.join(","))
}

fn roles(count: usize, total: u64) -> String {
    let roles = vec![r#"{"id":"role_1"}"#; count].join(",");
    format!(r#"{{"data":[{roles}],"total_count":{total}}}"#)
}

async fn all<T>(mut pages: Pages<T>) -> Vec<Result<T, clerk_client::Error>> {
    let mut all = Vec::new();
    while let Some(item) = pages.next().await {
        all.push(item);
    }
    assert!(pages.next().await.is_none());
    all
}

fn queries(script: &Script) -> Vec<String> {
    let query = |url: String| {
        url.split_once('?')
            .map_or(String::new(), |(_, query)| query.to_owned())
    };
    script
        .requests()
        .into_iter()
        .map(|request| query(request.url))
        .collect()
}

#[tokio::test]
async fn users_are_walked_through_by_a_cursor() {
    let script = Script::new([ok(&users(0..3)), ok(&users(3..6)), ok(&users(6..7))]);
    let call = script.client().users().get_user_list().limit(3).query("ada");
    let found: Vec<String> = all(call.into_stream())
        .await
        .into_iter()
        .map(|user| user.unwrap().id)
        .collect();
    let expected: Vec<String> = (0..7).map(|id| format!("user_{id}")).collect();
    assert_eq!(found, expected);
    let fixed = "query=ada&order_by=-created_at&limit=3";
    assert_eq!(
        queries(&script),
        [
            fixed.to_owned(),
            format!("{fixed}&starting_after=user_2"),
            format!("{fixed}&starting_after=user_5"),
        ]
    );
}

#[tokio::test]
async fn users_in_another_order_are_walked_through_by_an_offset() {
    for (order, offset, has_cursor) in [
        ("created_at", None, true),
        ("+created_at", Some(0), true),
        ("-created_at", Some(1), false),
        ("-last_sign_in_at", None, false),
    ] {
        let script = Script::new([ok(&users(0..2)), ok("[]")]);
        let mut call = script.client().users().get_user_list().order_by(order).limit(2);
        if let Some(offset) = offset {
            call = call.offset(offset);
        }
        assert_eq!(all(call.into_stream()).await.len(), 2);
        let queries = queries(&script);
        assert_eq!(
            queries[1].contains("starting_after=user_1"),
            has_cursor,
            "{order} {queries:?}"
        );
        let next = format!("offset={}", 2 + offset.unwrap_or(0));
        assert_eq!(queries[1].contains(&next), !has_cursor, "{order} {queries:?}");
    }
}

#[tokio::test]
async fn a_walk_ends_at_a_short_page_an_error_or_a_page_that_comes_again() {
    let script = Script::new([ok(&roles(100, 250)), ok(&roles(100, 250)), ok(&roles(50, 250))]);
    let call = script.client().organization_roles().get_organization_role_list();
    assert_eq!(all(call.into_stream()).await.len(), 250);
    assert_eq!(
        queries(&script),
        [
            "limit=100&offset=0",
            "limit=100&offset=100",
            "limit=100&offset=200"
        ]
    );

    let script = Script::new([ok(&roles(2, 9)), answer(400, &[], "{}")]);
    let call = script
        .client()
        .organization_roles()
        .get_organization_role_list()
        .limit(2)
        .offset(5);
    let found = all(call.into_stream()).await;
    assert_eq!(
        found.iter().map(Result::is_ok).collect::<Vec<_>>(),
        [true, true, false]
    );
    assert_eq!(queries(&script), ["limit=2&offset=5", "limit=2&offset=7"]);

    // A server that does not know the cursor.
    let script = Script::new([ok(&users(0..2))]);
    let found = all(script.client().users().get_user_list().limit(2).into_stream()).await;
    assert_eq!((found.len(), script.requests().len()), (2, 2));

    let script = Script::new([ok("[]")]);
    assert_eq!(
        all(script.client().users().get_user_list().into_stream())
            .await
            .len(),
        0
    );
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn a_walk_ends_where_there_is_nothing_to_ask_for_the_next_page_by() {
    let nameless = r#"[{"id":"user_2"},{"id":""}]"#;
    for (answers, expected) in [
        (vec![ok(nameless)], vec!["user_2", ""]),
        (
            vec![ok(&users(0..2)), ok(nameless)],
            vec!["user_0", "user_1", "user_2", ""],
        ),
    ] {
        let pages = answers.len();
        let script = Script::new(answers);
        let mut walk = script.client().users().get_user_list().limit(2).into_stream();
        let mut found = Vec::new();
        // No further than there is something: without an end it would be for ever.
        while let (Some(user), true) = (walk.next().await, found.len() <= expected.len()) {
            found.push(user.unwrap().id);
        }
        assert_eq!(found, expected);
        assert_eq!(script.requests().len(), pages);
    }
}

#[tokio::test]
async fn pages_are_a_stream_that_fetches_when_it_is_asked() {
    let script = Script::new([ok(&users(0..2))]);
    let mut pages = pin!(script.client().users().get_user_list().into_stream());
    assert_eq!(script.requests().len(), 0);
    let first = std::future::poll_fn(|context| pages.as_mut().poll_next(context)).await;
    assert_eq!(first.unwrap().unwrap().id, "user_0");
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn a_list_may_come_without_an_envelope() {
    let script = Script::new([ok(r#"[{"id":"sess_1"},{"id":"sess_2"}]"#)]);
    let page = script
        .client()
        .sessions()
        .get_session_list()
        .user_id("user_1")
        .await
        .unwrap();
    assert_eq!((page.data.len(), page.total_count), (2, 2));
}

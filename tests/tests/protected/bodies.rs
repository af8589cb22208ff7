//! Bodies that are taken as text and bytes, beside what the token says.

use axum::body::Bytes;
use axum::extract::rejection::StringRejection;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use clerk_runtime::{Auth, UserId, handlers, protected, public};
use http::StatusCode;

use crate::support::World;

#[protected]
async fn text(user_id: UserId, body: String) -> String {
    format!("{user_id} {body}")
}

#[protected]
async fn bytes(raw_body: Bytes, user_id: UserId) -> String {
    format!("{user_id} {}", String::from_utf8_lossy(&raw_body))
}

#[protected]
async fn mutable(user_id: UserId, mut payload: String) -> String {
    payload.insert_str(0, &format!("{user_id} "));
    payload
}

#[protected]
async fn fallible(user_id: UserId, csv: Result<String, StringRejection>) -> String {
    format!("{user_id} {}", csv.unwrap_or_default())
}

#[protected]
async fn in_a_tuple(user_id: UserId, (_, markdown): (HeaderMap, String)) -> String {
    format!("{user_id} {markdown}")
}

#[protected]
async fn marked(user_id: UserId, #[extract] role: String) -> String {
    format!("{user_id} {role}")
}

#[protected]
async fn without_name(user_id: UserId, _: String) -> String {
    format!("{user_id} text")
}

type Text = String;

#[protected]
async fn of_an_alias(user_id: UserId, content: Text) -> String {
    format!("{user_id} {content}")
}

#[protected]
async fn of_a_marked_alias(user_id: UserId, #[extract] greeting: Text) -> String {
    format!("{user_id} {greeting}")
}

/// A type that reads the body by rules of its own, and so may have any name.
struct Greeting(String);

impl<S: Send + Sync> FromRequest<S> for Greeting {
    type Rejection = StringRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, StringRejection> {
        String::from_request(request, state).await.map(Self)
    }
}

#[protected]
async fn of_its_own(user_id: UserId, greeting: Greeting) -> String {
    format!("{user_id} {}", greeting.0)
}

#[protected]
async fn with_conditions(
    user_id: UserId,
    #[cfg(any())] greeting: Missing,
    #[cfg(not(any()))] greeting: Greeting,
) -> String {
    format!("{user_id} {}", greeting.0)
}

macro_rules! of_fragments {
    ($handler:ident, $name:ident: $type:ty) => {
        #[protected]
        async fn $handler(user_id: UserId, $name: $type) -> String {
            format!("{user_id} {}", $name)
        }
    };
}

of_fragments!(of_listed_name, message: String);
of_fragments!(of_any_name, id: Displayed);

struct Displayed(Greeting);

impl std::fmt::Display for Displayed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.0)
    }
}

impl<S: Send + Sync> FromRequest<S> for Displayed {
    type Rejection = StringRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, StringRejection> {
        Greeting::from_request(request, state).await.map(Self)
    }
}

struct Notes;

#[handlers]
impl Notes {
    #[protected]
    async fn add(user_id: UserId, xml_text: String) -> String {
        format!("{user_id} {xml_text}")
    }

    #[protected]
    async fn take(user_id: UserId, greeting: Greeting) -> String {
        format!("{user_id} {}", greeting.0)
    }

    #[public]
    async fn echo(auth: Auth, data: Bytes) -> String {
        let user = auth.user_id().map_or("nobody", |user| user.as_str());
        format!("{user} {}", String::from_utf8_lossy(&data))
    }
}

#[public]
async fn open(auth: Auth, greeting: Greeting) -> String {
    let user = auth.user_id().map_or("nobody", |user| user.as_str());
    format!("{user} {}", greeting.0)
}

#[tokio::test]
async fn bodies_are_taken_by_their_names_and_the_user_from_the_token() {
    let world = World::new().await;
    let expected = (StatusCode::OK, format!("{} text", world.user_id()));
    assert_eq!(world.call(text).await, expected);
    assert_eq!(world.call(bytes).await, expected);
    assert_eq!(world.call(mutable).await, expected);
    assert_eq!(world.call(fallible).await, expected);
    assert_eq!(world.call(in_a_tuple).await, expected);
    assert_eq!(world.call(marked).await, expected);
    assert_eq!(world.call(without_name).await, expected);
    assert_eq!(world.call(of_an_alias).await, expected);
    assert_eq!(world.call(of_a_marked_alias).await, expected);
    assert_eq!(world.call(of_its_own).await, expected);
    assert_eq!(world.call(with_conditions).await, expected);
    assert_eq!(world.call(of_listed_name).await, expected);
    assert_eq!(world.call(of_any_name).await, expected);
    assert_eq!(world.call(Notes::add).await, expected);
    assert_eq!(world.call(Notes::take).await, expected);
    assert_eq!(world.call(Notes::echo).await, expected);
    assert_eq!(world.call(open).await, expected);
    let nobody = (StatusCode::OK, "nobody text".to_owned());
    assert_eq!(world.call_as(None, open).await, nobody);
    assert_eq!(world.call_as(None, text).await.0, StatusCode::UNAUTHORIZED);
}

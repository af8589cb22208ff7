//! The runtime under other names.

use http::StatusCode;

use crate::support::World;

mod reexport {
    pub(crate) use clerk_renamed as runtime;
}

#[clerk_renamed::protected(crate = ::clerk_renamed)]
async fn dependency(user_id: clerk_renamed::UserId) -> String {
    user_id.into()
}

#[reexport::runtime::protected(crate = reexport::runtime)]
async fn module(user_id: &str) -> String {
    user_id.to_owned()
}

#[reexport::runtime::protected(crate = crate::renamed::reexport::runtime,)]
async fn absolute() -> &'static str {
    "ok"
}

reexport::runtime::permissions! { Perm { Read = "org:invoices:read" } }
clerk_renamed::roles! { Roles { Admin = "org:admin" } }
clerk_renamed::features! { Features { Export = "export" } }
clerk_renamed::plans! { Plans { Pro = "pro" } }

const FRESH: clerk_renamed::authorize::Reverification = clerk_renamed::authorize::Reverification::Lax;

#[reexport::runtime::protected(
    crate = reexport::runtime,
    state = clerk_renamed::Clerk,
    redirect_to_sign_in,
    token = any("session_token", "api_key"),
    any(
        scope = "invoices:read",
        role = Roles::Admin,
        all(
            permission = Perm::Read,
            feature = Features::Export,
            plan = Plans::Pro,
            reverification = FRESH,
            reverification = "moderate",
            reverification(level = "multi_factor", after_minutes = 1)
        )
    )
)]
async fn everything(auth: &clerk_renamed::Auth) -> &'static str {
    auth.token_type().map_or("-", |token_type| token_type.as_str())
}

#[reexport::runtime::protected(crate = reexport::runtime)]
async fn asked(version: http::Version) -> String {
    format!("{version:?}")
}

#[clerk_renamed::public(crate = reexport::runtime)]
async fn open() -> &'static str {
    "open"
}

struct Block;

#[clerk_renamed::handlers]
impl Block {
    #[clerk_renamed::protected(crate = reexport::runtime, permission = Perm::Read)]
    async fn closed() -> &'static str {
        "closed"
    }

    #[clerk_renamed::public(crate = ::clerk_renamed)]
    async fn open() -> &'static str {
        "open"
    }
}

#[tokio::test]
async fn requirements_of_a_renamed_runtime_are_enforced() {
    let world = World::new().await;
    let ada = || world.instance.user("ada").org("acme");
    let admin = ada().role("org:admin").bearer();
    let reader = ada().permissions(["org:invoices:read"]).features(["o:export"]);
    let key = world.instance.api_key("ada").scopes(["invoices:read"]).bearer();
    let ok = |text: &str| (StatusCode::OK, text.to_owned());
    assert_eq!(world.call_as(Some(&admin), everything).await, ok("session_token"));
    assert_eq!(world.call_as(Some(&key), everything).await, ok("api_key"));
    for (reader, status) in [
        (reader.clone(), StatusCode::FORBIDDEN),
        (reader.clone().plans(["o:pro"]), StatusCode::OK),
        (reader.clone().plans(["o:pro"]).fva(2, 2), StatusCode::FORBIDDEN),
    ] {
        let reader = reader.bearer();
        assert_eq!(world.call_as(Some(&reader), everything).await.0, status);
        assert_eq!(world.call_as(Some(&reader), Block::closed).await, ok("closed"));
    }
    assert_eq!(world.call(everything).await.0, StatusCode::FORBIDDEN);
    assert_eq!(world.call_as(None, everything).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(world.call(Block::closed).await.0, StatusCode::FORBIDDEN);
    assert_eq!(world.call_as(None, open).await, ok("open"));
    assert_eq!(world.call_as(None, Block::open).await, ok("open"));
}

#[tokio::test]
async fn handlers_of_a_renamed_runtime_run() {
    let world = World::new().await;
    let ada = world.user_id();
    assert_eq!(world.call(dependency).await.1, ada);
    assert_eq!(world.call(module).await.1, ada);
    assert_eq!(world.call(absolute).await.1, "ok");
    assert_eq!(world.call(asked).await.1, "HTTP/1.1");
}

//! The runtime under other names.

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

#[tokio::test]
async fn handlers_of_a_renamed_runtime_run() {
    let world = World::new().await;
    let ada = world.user_id();
    assert_eq!(world.call(dependency).await.1, ada);
    assert_eq!(world.call(module).await.1, ada);
    assert_eq!(world.call(absolute).await.1, "ok");
}

//! Handlers that a `macro_rules` macro writes.

use clerk_runtime::{OrgId, UserId, protected};

use crate::support::World;

macro_rules! handler {
    ($(#[$meta:meta])* $vis:vis $name:ident($value:ident: $ty:ty) -> $output:ty $body:block) => {
        $(#[$meta])*
        #[protected]
        $vis async fn $name($value: $ty, _org_id: &OrgId) -> $output $body
    };
}

handler!(pub(crate) owned(user_id: UserId) -> String { user_id.into() });
handler!(borrowed(user_id: &str) -> String { user_id.to_owned() });
handler!(by_type(me: &UserId) -> String { me.to_string() });

macro_rules! hygienic {
    ($name:ident, $slot:ident, $runtime:path, $pattern:pat) => {
        #[protected(crate = $runtime)]
        async fn $name($pattern: UserId, #[auth($slot)] id: &str) -> String {
            let user_id = id;
            format!("{user_id}")
        }
    };
}

hygienic!(from_fragments, session_id, ::clerk_runtime, UserId(_user));

macro_rules! whole {
    ($item:item) => {
        #[protected]
        $item
    };
}

whole! {
    async fn item(user_id: &str) -> String {
        user_id.to_owned()
    }
}

#[tokio::test]
async fn handlers_from_macros_run() {
    let world = World::new().await;
    let ada = world.user_id();
    assert_eq!(world.call(owned).await.1, ada);
    assert_eq!(world.call(borrowed).await.1, ada);
    assert_eq!(world.call(by_type).await.1, ada);
    assert!(world.call(from_fragments).await.1.starts_with("sess_"));
    assert_eq!(world.call(item).await.1, ada);
}

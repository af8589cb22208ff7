//! Nothing of the prelude, and names that the expansion might have used.
#![allow(dead_code, non_camel_case_types, non_upper_case_globals)]

use clerk_runtime::{OrgId, UserId, protected};

use crate::support::World;

struct Result;
struct Option;
struct Ok;
struct Err;
struct Some;
struct None;
struct Send;
struct Sized;
struct From;
struct Into;
struct Policy;
struct Guard;
struct Rejection;
struct Auth;
struct UserIdSlot;
struct value;
struct a0;
const auth: u8 = 0;

mod core {}
mod std {}
mod clerk_runtime_ {}

#[protected]
async fn handler(user_id: UserId, org_id: &OrgId, session_id: &str) -> String {
    let _ = (org_id, session_id);
    user_id.into()
}

type String = ::std::string::String;

#[tokio::test]
async fn handlers_run_with_a_shadowed_prelude() {
    let world = World::new().await;
    assert_eq!(world.call(handler).await.1, world.user_id());
}

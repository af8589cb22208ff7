//! Handlers and their policies as functions.

use axum::extract::Path;
use clerk_runtime::routing::access_of;
use clerk_runtime::{
    Access, Auth, Clerk, Guard, MachineAuth, OrgId, Rejection, Requirement, UserId, protected, public,
};
use clerk_testing::{Endpoint, Fault, LocalInstance};
use http::StatusCode;

#[protected(role = "org:admin")]
async fn for_admins(user_id: UserId, org_id: &OrgId, Path(id): Path<u64>) -> String {
    format!("{user_id} {org_id} {id}")
}

#[protected(token = "api_key", scope = "reports:write")]
async fn for_keys(machine: MachineAuth) -> String {
    machine.subject().to_owned()
}

#[protected]
async fn for_members(org_id: OrgId) -> String {
    org_id.to_string()
}

#[public]
async fn for_all() {}

#[tokio::test]
async fn a_handler_is_called_with_what_its_guard_would_have_got() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada").org("acme").role("org:admin");
    let auth = instance.auth(ada.bearer()).await.unwrap();
    let answer = for_admins(Guard::for_test(auth).unwrap(), Path(7)).await;
    assert_eq!(answer, format!("{} {} 7", ada.user_id(), ada.org_id().unwrap()));

    let key = instance.api_key("ada").scopes(["reports:write"]);
    let auth = instance.auth(key.bearer()).await.unwrap();
    assert_eq!(for_keys(Guard::for_test(auth).unwrap()).await, ada.user_id());
}

#[tokio::test]
async fn whoever_is_turned_away_by_http_is_turned_away_without_it() {
    let instance = LocalInstance::start().await.unwrap();
    let ada = instance.user("ada").org("acme").role("org:admin");
    let status = |rejection: Rejection| rejection.status();
    for (authorization, admins, keys, members) in [
        (String::new(), 401, 401, 401),
        ("nonsense \n".to_owned(), 401, 401, 401),
        (ada.clone().signed_by_other_key().bearer(), 401, 401, 401),
        (ada.clone().pending().bearer(), 401, 401, 401),
        (ada.bearer(), 200, 401, 200),
        (ada.clone().role("org:member").bearer(), 403, 401, 200),
        (instance.user("ada").bearer(), 403, 401, 403),
        (instance.api_key("ada").bearer(), 401, 403, 401),
        (
            instance.api_key("ada").scopes(["reports:write"]).bearer(),
            401,
            200,
            401,
        ),
    ] {
        let auth = instance.auth(&authorization).await.unwrap();
        // The policy of a handler is inferred from the call.
        let as_admin = match Guard::for_test(auth.clone()) {
            Ok(guard) => {
                for_admins(guard, Path(1)).await;
                StatusCode::OK
            }
            Err(rejection) => status(rejection),
        };
        let as_key = match Guard::for_test(auth.clone()) {
            Ok(guard) => {
                for_keys(guard).await;
                StatusCode::OK
            }
            Err(rejection) => status(rejection),
        };
        let as_member = match Guard::for_test(auth) {
            Ok(guard) => {
                for_members(guard).await;
                StatusCode::OK
            }
            Err(rejection) => status(rejection),
        };
        let found = [as_admin, as_key, as_member].map(|status| status.as_u16());
        assert_eq!(found, [admins, keys, members], "{authorization}");
    }
}

#[tokio::test]
async fn the_access_of_a_handler_tells_whom_it_admits() {
    let instance = LocalInstance::start().await.unwrap();
    let access = access_of::<_, _, Clerk>(&for_admins);
    let protected = access.protected().unwrap();
    assert_eq!(protected.requirement(), Some(Requirement::role("org:admin")));
    let ada = instance.user("ada").org("acme");
    let admin = instance
        .auth(ada.clone().role("org:admin").bearer())
        .await
        .unwrap();
    assert_eq!(protected.admits(&admin), Ok(()));
    let member = instance.auth(ada.bearer()).await.unwrap();
    let Err(Rejection::Denied { denial, .. }) = protected.admits(&member) else {
        panic!("a member is no admin");
    };
    assert_eq!(denial.to_string(), "role org:admin is missing");
    assert_eq!(access_of::<_, _, Clerk>(&for_all), Access::Public);
    assert_eq!(access_of::<_, _, Clerk>(&for_all).protected(), None);
}

#[tokio::test]
async fn nobody_is_signed_in_while_the_instance_cannot_tell() {
    let instance = LocalInstance::start().await.unwrap();
    let key = instance.api_key("ada").bearer();
    assert!(instance.auth(&key).await.unwrap().is_authenticated());
    instance.fault(Endpoint::ApiKeys, Fault::Status(503));
    let auth = instance.auth(&key).await.unwrap();
    let Auth::SignedOut(signed_out) = auth else {
        panic!("nobody could tell");
    };
    assert_eq!(signed_out.reason().unwrap().as_str(), "unexpected-error");
}

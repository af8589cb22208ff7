//! Answers as Clerk gives them.

use clerk_client::Error;
use clerk_client::resources::{
    ApiKey, M2mToken, OauthAccessToken, Organization, OrganizationMembership, Session, SessionStatus, Token,
    User, VerificationStatus,
};
use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::models::assert_kept;
use crate::recorder::Recorder;

fn read<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let given: Value = serde_json::from_str(text).unwrap();
    let model: T = serde_json::from_value(given.clone()).unwrap();
    assert_kept(
        &given,
        &serde_json::to_value(&model).unwrap(),
        std::any::type_name::<T>(),
    );
    model
}

#[test]
fn every_sample_is_read_and_nothing_of_it_is_lost() {
    let user: User = read(include_str!("samples/User.json"));
    let address = user.primary_email_address().unwrap();
    assert_eq!(address.email_address, "ada@example.com");
    let verification = address.verification.as_ref().unwrap();
    assert_eq!(verification.status, VerificationStatus::Verified);
    assert_eq!(user.last_active_at, Some(1_767_312_000_000));
    let session: Session = read(include_str!("samples/Session.json"));
    assert_eq!((session.status, session.tasks.len()), (SessionStatus::Active, 0));
    let organization: Organization = read(include_str!("samples/Organization.json"));
    assert_eq!(organization.max_allowed_memberships, Some(5));
    let membership: OrganizationMembership = read(include_str!("samples/OrganizationMembership.json"));
    assert_eq!(membership.organization.slug, "analytical-engines");
    assert_eq!(membership.public_user_data.unwrap().banned, Some(false));
    let token: Token = read(include_str!("samples/Token.json"));
    assert!(token.jwt.starts_with("eyJ"));
    let m2m: M2mToken = read(include_str!("samples/M2mToken.json"));
    assert_eq!((m2m.revoked, m2m.expired), (Some(false), Some(false)));
    let key: ApiKey = read(include_str!("samples/ApiKey.json"));
    assert_eq!((key.name.as_str(), key.scopes.len()), ("ci", 1));
    let oauth: OauthAccessToken = read(include_str!("samples/IdpOAuthAccessToken.json"));
    assert_eq!(oauth.expiration, Some(1_767_398_400_000));
}

#[tokio::test]
async fn an_error_is_read() {
    let recorder = Recorder::default();
    recorder.answer(StatusCode::NOT_FOUND, include_str!("samples/ClerkErrors.json"));
    let error = recorder.client().users().get_user("user_1").await.unwrap_err();
    assert!(matches!(error, Error::Api { .. }));
    assert_eq!(error.code(), "resource_not_found");
    assert_eq!(error.trace_id(), Some("fedcba9876543210fedcba9876543210"));
}

#[tokio::test]
async fn an_oauth_token_that_is_over_is_not_taken_for_a_good_one() {
    let recorder = Recorder::default();
    recorder.answer(StatusCode::OK, r#"{"active":false}"#);
    let client = recorder.client();
    let token = client.idp_oauth_access_token().verify("oat_1").await.unwrap();
    assert_eq!(
        (token.active, token.revoked, token.expired),
        (Some(false), None, None)
    );
}

//! This build turns on both of jsonwebtoken's backends, as a build with another JWT crate in it may.

use clerk_testing::LocalInstance;

#[tokio::test]
async fn both_backends_on_is_no_reason_to_panic() {
    let instance = LocalInstance::start().await.unwrap();
    let token = instance.user("ada").token();

    // The trap is armed: jsonwebtoken's own default panics in this build.
    let key = jsonwebtoken::DecodingKey::from_rsa_pem(instance.jwt_key().as_bytes()).unwrap();
    let validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    let decoded = std::panic::catch_unwind(|| {
        jsonwebtoken::decode::<serde_json::Value>(&token, &key, &validation).is_ok()
    });
    assert!(
        decoded.is_err(),
        "jsonwebtoken chose a backend: this test tests nothing"
    );

    instance.clerk().verify_token(&token).await.unwrap();
    let networkless = clerk_runtime::Clerk::builder()
        .publishable_key(instance.publishable_key())
        .jwt_key(instance.jwt_key())
        .without_secret_key()
        .clock(instance.clock())
        .build()
        .unwrap();
    networkless.verify_token(&token).await.unwrap();
}

//! C9: tokens of one class in the place of another's.

use clerk_runtime::Auth;
use clerk_runtime::token::{AcceptsToken, TokenType};
use clerk_testing::LocalInstance;

use crate::scene::{bear, bring};

#[tokio::test]
async fn c9_token_class_confusion() {
    let instance = LocalInstance::start().await.unwrap();
    let clerk = instance.clerk();
    let ada = || instance.user("ada");
    let machine = instance.machine("worker").m2m_jwt();
    let oauth = instance.oauth_token("ada").jwt();
    for builder in [
        ada().header("typ", "at+jwt"),
        ada().header("typ", "application/at+jwt"),
        ada().header("cat", "cl_B7d4PD222AAA"),
        ada().header("cat", "cl_B7d4PD333AAA"),
        ada().header("cat", 1),
        ada().claim("sub", "mch_ada"),
    ] {
        bear(&clerk, &builder.token())
            .await
            .assert_refused("token-type-mismatch");
        bring(&clerk, &builder.cookie())
            .await
            .assert_refused("token-type-mismatch");
        // To no list of accepted types is it a session.
        let header = format!("Bearer {}", builder.token());
        for (carrier, value) in [("authorization", header), ("cookie", builder.cookie())] {
            for accepts in [
                AcceptsToken::SESSION,
                AcceptsToken::ANY,
                AcceptsToken::list(&[TokenType::SessionToken, TokenType::ApiKey]),
                AcceptsToken::one(TokenType::ApiKey),
            ] {
                let request = http::Request::get("/").header(carrier, &value);
                let (parts, ()) = request.body(()).unwrap().into_parts();
                let state = clerk.authenticate(&parts).accepts(accepts).await.unwrap();
                let auth = state.to_auth_with_pending();
                assert!(
                    !matches!(auth, Auth::Session(_)),
                    "{carrier} {accepts:?} {auth:?}"
                );
            }
        }
    }
    for token in [&machine, &oauth] {
        bear(&clerk, token).await.assert_refused("token-type-mismatch");
        let cookie = format!("__session={token}; __client_uat=1; __clerk_db_jwt=dvb_1");
        bring(&clerk, &cookie).await.assert_refused("token-type-mismatch");
    }
    bear(&clerk, &ada().header("typ", "JWS").token())
        .await
        .assert_refused("token-invalid");
}

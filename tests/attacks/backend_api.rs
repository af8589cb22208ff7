//! B: arguments of the Backend API's client that lead to another endpoint, or to another host.

use clerk_client::{Client, Error};
use clerk_testing::LocalInstance;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::forge;
use crate::upstream::Upstream;

#[tokio::test]
async fn b1_arguments_stay_one_segment() {
    let upstream = Upstream::publishing(&[]);
    let clerk = forge::clerk_builder(&upstream).build().unwrap();
    let client = clerk.client();
    for id in [
        "..",
        ".",
        "",
        "%2e%2e",
        "%252e.",
        "user_1/ban",
        "user_1%2Fban",
        "user_1\\ban",
        "//evil.test",
        "https://evil.test",
        "user_1\r\nx: y",
        "user_1\0",
    ] {
        let error = client.users().get_user(id).await.unwrap_err();
        assert!(matches!(error, Error::Argument { name: "user_id", .. }), "{id:?}");
        assert!(client.sessions().get_token(id).await.is_err(), "{id:?}");
    }
    assert_eq!(upstream.count(), 0, "something was sent");
    for (id, sent) in [
        ("user_1?x=1", "user_1%3Fx%3D1"),
        ("user_1#x", "user_1%23x"),
        ("@evil.test", "%40evil.test"),
        ("user_1;x&y", "user_1%3Bx%26y"),
        ("a b", "a%20b"),
    ] {
        _ = client.users().get_user(id).await;
        let expected = format!("GET https://api.clerk.com/v1/users/{sent}");
        assert_eq!(upstream.calls().last(), Some(&expected));
    }
}

#[tokio::test]
async fn b1_redirects_are_not_followed_and_the_host_is_fixed() {
    let elsewhere = LocalInstance::start().await.unwrap();
    let user = elsewhere.user("ada").user_id();
    for status in [301, 302, 303, 307, 308] {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", server.local_addr().unwrap());
        let location = format!("{}/v1/users/{user}", elsewhere.url());
        tokio::spawn(async move {
            let (mut stream, _) = server.accept().await.unwrap();
            _ = stream.read(&mut [0; 4096]).await;
            let answer = format!(
                "HTTP/1.1 {status} Elsewhere\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            _ = stream.write_all(answer.as_bytes()).await;
        });
        let client = Client::builder(elsewhere.secret_key())
            .api_url(url)
            .build()
            .unwrap();
        let error = client.users().get_user(&user).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
    assert_eq!(elsewhere.requests().len(), 0, "the secret key went elsewhere");
    for url in [
        "http://api.clerk.com",
        "https://api.clerk.com@evil.test",
        "https://api.clerk.com/../v2",
        "https://api.clerk.com?x=",
        "https://api.clerk.com#",
    ] {
        assert!(
            Client::builder("sk_test_forge").api_url(url).build().is_err(),
            "{url}"
        );
    }
}

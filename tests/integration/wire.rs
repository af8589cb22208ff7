//! Over a real connection: a client that waits for permission to send its body does not get it.

use std::time::Duration;

use axum::routing::post;
use axum::{Json, Router};
use clerk_runtime::{UserId, protected};
use clerk_testing::LocalInstance;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[protected]
async fn store(user_id: UserId, Json(item): Json<serde_json::Value>) -> String {
    format!("{user_id} {item}")
}

async fn serve(instance: &LocalInstance) -> std::net::SocketAddr {
    let app: Router = Router::new()
        .route("/items", post(store))
        .with_state(instance.clerk());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

/// Sends the head of a request that expects `100 Continue`, and answers with what comes back.
async fn first_answer(address: std::net::SocketAddr, authorization: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /items HTTP/1.1\r\nhost: {address}\r\n{authorization}content-type: application/json\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    let length = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut answer))
        .await
        .unwrap()
        .unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn a_body_is_not_asked_for_before_authentication() {
    let instance = LocalInstance::start().await.unwrap();
    let address = serve(&instance).await;
    let refused = first_answer(address, "").await;
    assert!(refused.starts_with("HTTP/1.1 401 "), "{refused}");
    assert!(!refused.contains("100 Continue"));
    assert!(refused.contains(r#"{"error":"Not authenticated"}"#));
    // With a token the permission comes first, so the test would see it.
    let granted = first_answer(
        address,
        &format!("authorization: {}\r\n", instance.user("ada").bearer()),
    )
    .await;
    assert!(granted.starts_with("HTTP/1.1 100 Continue"), "{granted}");
}

//! How long an answer may take and be.

use std::time::{Duration, Instant};

use clerk_client::Error;
use clerk_client::transport::TransportError;
use tokio::io::AsyncWriteExt;

use crate::server::{Answer, client, listen, read_request};

fn key_set(length: usize) -> String {
    let frame = r#"{"keys":[""]}"#.len();
    format!(r#"{{"keys":["{}"]}}"#, "x".repeat(length - frame))
}

fn is_too_large(error: &Error) -> bool {
    matches!(error, Error::Transport(TransportError::TooLarge))
}

#[tokio::test]
async fn the_deadline_covers_the_whole_answer() {
    for answer in [
        Answer::silent(),
        Answer::ok("x".repeat(1000)).dripping(Duration::from_millis(20)),
        Answer::new("500 Oops", "x".repeat(1000)).dripping(Duration::from_millis(20)),
    ] {
        let started = Instant::now();
        let error = answer.get_user().await.unwrap_err();
        assert!(
            matches!(error, Error::Transport(TransportError::Timeout)),
            "{error:?}"
        );
        let elapsed = started.elapsed();
        assert!(elapsed >= Duration::from_millis(500), "{elapsed:?}");
        assert!(elapsed < Duration::from_secs(3), "{elapsed:?}");
    }
}

#[tokio::test]
async fn a_key_set_is_read_to_64_kib() {
    for (length, is_read) in [(64 * 1024, true), (64 * 1024 + 1, false)] {
        let (url, _served) = Answer::ok(key_set(length)).serve().await;
        let found = client(&url).jwks().get_jwks().await;
        assert_eq!(found.is_ok(), is_read, "{length}");
        assert!(found.err().is_none_or(|error| is_too_large(&error)));
    }
}

#[tokio::test]
async fn other_answers_are_read_to_1_mib() {
    let user = |length: usize| {
        let frame = r#"{"id":"","x":""}"#.len();
        format!(r#"{{"id":"","x":"{}"}}"#, "x".repeat(length - frame))
    };
    assert!(Answer::ok(user(1024 * 1024)).get_user().await.is_ok());
    for status in ["200 OK", "500 Oops"] {
        let answer = Answer::new(status, user(1024 * 1024 + 1));
        assert!(is_too_large(&answer.get_user().await.unwrap_err()));
    }
}

#[tokio::test]
async fn an_answer_without_end_is_hung_up_on() {
    let (listener, url) = listen().await;
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_request(&mut stream).await;
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        while stream.write_all(chunk.as_bytes()).await.is_ok() {}
    });
    let error = client(&url).jwks().get_jwks().await.unwrap_err();
    assert!(is_too_large(&error), "{error:?}");
    tokio::time::timeout(Duration::from_secs(5), served)
        .await
        .expect("the connection is closed")
        .unwrap();
}

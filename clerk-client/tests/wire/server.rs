use std::time::Duration;

use clerk_client::Client;
use clerk_client::resources::User;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(crate) const SECRET_KEY: &str = "sk_test_planted";

/// What a server says to whoever connects first.
#[derive(Clone, Default)]
pub(crate) struct Answer {
    status: String,
    headers: String,
    body: Vec<u8>,
    length: Option<usize>,
    pause: Option<Duration>,
    silent: bool,
}

impl Answer {
    pub(crate) fn new(status: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: status.to_owned(),
            body: body.into(),
            ..Self::default()
        }
    }

    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::new("200 OK", body)
    }

    /// Reads the request and says nothing.
    pub(crate) fn silent() -> Self {
        Self {
            silent: true,
            ..Self::default()
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers += &format!("{name}: {value}\r\n");
        self
    }

    /// Promises a body of this length, whatever comes.
    pub(crate) fn promising(mut self, length: usize) -> Self {
        self.length = Some(length);
        self
    }

    /// Sends the head at once, then the body byte by byte, so much apart.
    pub(crate) fn dripping(mut self, pause: Duration) -> Self {
        self.pause = Some(pause);
        self
    }

    /// Serves one connection, and gives back the request that came.
    pub(crate) async fn serve(self) -> (String, JoinHandle<String>) {
        let (listener, url) = listen().await;
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let request = read_request(&mut stream).await;
            self.write(&mut stream).await;
            request
        });
        (url, served)
    }

    async fn write(&self, stream: &mut TcpStream) {
        if self.silent {
            return std::future::pending().await;
        }
        let length = self.length.unwrap_or(self.body.len());
        let head = format!(
            "HTTP/1.1 {}\r\n{}content-length: {length}\r\nconnection: close\r\n\r\n",
            self.status, self.headers
        );
        // The client may hang up at any time; that is what some tests are about.
        _ = stream.write_all(head.as_bytes()).await;
        let Some(pause) = self.pause else {
            _ = stream.write_all(&self.body).await;
            return;
        };
        for byte in &self.body {
            tokio::time::sleep(pause).await;
            if stream.write_all(&[*byte]).await.is_err() {
                return;
            }
        }
    }

    /// What `get_user` makes of it.
    pub(crate) async fn get_user(self) -> Result<User, clerk_client::Error> {
        let (url, _served) = self.serve().await;
        client(&url).users().get_user("user_1").await
    }
}

pub(crate) async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Whether nobody connects for a while.
pub(crate) async fn stays_alone(listener: &TcpListener) -> bool {
    tokio::time::timeout(Duration::from_millis(150), listener.accept())
        .await
        .is_err()
}

/// The head and as much of a body as the head promises.
pub(crate) async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        let read = stream.read(&mut part).await.unwrap();
        assert!(read > 0, "the request ended early: {text}");
        request.extend_from_slice(&part[..read]);
    }
}

pub(crate) fn client(url: &str) -> Client {
    Client::builder(SECRET_KEY)
        .api_url(url)
        .timeout(Duration::from_millis(600))
        // Servers answer once.
        .retries(0)
        .build()
        .unwrap()
}

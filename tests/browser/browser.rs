//! Chromium, with a driver of its own for each test.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::cookies::Cookie;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, MutexGuard};

/// One browser at a time: the machine that runs this may be small.
static TURN: Mutex<()> = Mutex::const_new(());

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Browser {
    client: Client,
    /// Ends when it is dropped, and the browser with it.
    _driver: Child,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// Nothing if there is none on this machine, which is said aloud.
    pub(crate) async fn start() -> Option<Self> {
        let turn = TURN.lock().await;
        let Some((driver, port)) = start_driver().await else {
            let advice = "skipped: there is no `chromedriver` here; install Debian's packages chromium and chromium-driver\n";
            assert!(std::env::var_os("CI").is_none_or(|ci| ci.is_empty()), "{advice}");
            // Not `eprintln`, whose output is only shown for tests that fail.
            std::io::stderr().write_all(advice.as_bytes()).unwrap();
            return None;
        };
        let capabilities = json!({
            "goog:chromeOptions": { "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] },
            "timeouts": { "pageLoad": 20_000 },
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the driver starts a browser");
        Some(Self {
            client,
            _driver: driver,
            _turn: turn,
        })
    }

    pub(crate) async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    pub(crate) async fn url(&self) -> String {
        self.client.current_url().await.unwrap().into()
    }

    /// Waits until the page shows this.
    pub(crate) async fn sees(&self, text: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            // Between two pages there is no body.
            let seen = match self.client.find(Locator::Css("body")).await {
                Ok(body) => body.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if seen.contains(text) {
                return;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "never saw {text:?} but {seen:?} at {}",
                self.url().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Fills the sign-in page of the local Clerk in.
    pub(crate) async fn sign_in(&self, username: &str) {
        self.sees("Sign in").await;
        let field = self.client.find(Locator::Id("identifier")).await.unwrap();
        // With the key that sends the form.
        field.send_keys(&format!("{username}\u{e007}")).await.unwrap();
    }

    pub(crate) async fn click(&self, selector: &str) {
        self.client
            .find(Locator::Css(selector))
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
    }

    pub(crate) async fn cookies(&self) -> Vec<Cookie<'static>> {
        self.client.get_all_cookies().await.unwrap()
    }

    pub(crate) async fn delete_cookies(&self, prefix: &str) {
        for cookie in self.cookies().await {
            if cookie.name().starts_with(prefix) {
                self.client.delete_cookie(cookie.name()).await.unwrap();
            }
        }
    }

    /// Opens a tab and looks at it.
    pub(crate) async fn new_tab(&self) {
        let tab = self.client.new_window(true).await.unwrap();
        self.client.switch_to_window(tab.handle).await.unwrap();
    }

    /// Looks at the first tab again.
    pub(crate) async fn first_tab(&self) {
        let tabs = self.client.windows().await.unwrap();
        self.client.switch_to_window(tabs[0].clone()).await.unwrap();
    }

    pub(crate) async fn end(self) {
        self.client.close().await.unwrap();
    }
}

async fn start_driver() -> Option<(Child, u16)> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .ok()?;
    let mut lines = BufReader::new(driver.stdout.take()?).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            let port = port.trim_end_matches('.').parse().expect("a port");
            // Whatever else it says is not to fill the pipe up.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some((driver, port));
        }
    }
    None
}

//! A client that follows no redirect and keeps no cookie.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use clerk_testing::LocalInstance;
use serde_json::Value;

pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().skip(1);
        lines
            .filter_map(|line| line.split_once(": "))
            .filter(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.headers("location").len(), 1, "{}\n{}", self.head, self.body);
        self.headers("location")[0]
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["errors"][0]["code"].as_str().unwrap().to_owned()
    }
}

/// Sends a request to whatever host the address names; all of them are this machine.
pub(crate) fn send(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let port: u16 = host.rsplit(':').next().unwrap().parse().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut text = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

pub(crate) fn get(url: &str) -> Answer {
    send("GET", url, &[], "")
}

/// Asks the Backend API with the secret key.
pub(crate) fn ask(instance: &LocalInstance, method: &str, path: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {}", instance.secret_key());
    send(
        method,
        &format!("{}{path}", instance.url()),
        &[("Authorization", &bearer)],
        body,
    )
}

/// The address that an application sends a browser to.
pub(crate) fn handshake_url(frontend_url: &str, redirect_url: &str, more: &str) -> String {
    format!(
        "{frontend_url}/v1/client/handshake?redirect_url={}&__clerk_api_version=2026-05-12&suffixed_cookies=false\
         &__clerk_hs_reason=dev-browser-missing&format=nonce{more}",
        encoded(redirect_url)
    )
}

pub(crate) fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The value of a parameter that needs no decoding.
pub(crate) fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = url.split_once('?')?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(other, value)| (other == name).then_some(value))
}

/// The value of the directive that sets a cookie.
pub(crate) fn cookie<'a>(directives: &'a [String], name: &str) -> Option<&'a str> {
    directives
        .iter()
        .filter_map(|directive| directive.split_once('='))
        .find_map(|(other, rest)| (other == name).then(|| rest.split(';').next().unwrap()))
}

pub(crate) fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|item| item.as_str().unwrap().to_owned()).collect()
}

pub(crate) fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// The directives in a handshake token.
pub(crate) fn directives_of(token: &str) -> Vec<String> {
    strings(&part(token, 1)["handshake"])
}

/// Signs somebody in on the page, the way its form does, and returns where it leads.
pub(crate) fn sign_in(instance: &LocalInstance, username: &str, browser: &str, redirect_url: &str) -> Answer {
    let body = format!(
        "redirect_url={}&__clerk_db_jwt={browser}&identifier={}",
        encoded(redirect_url),
        encoded(username)
    );
    let origin = instance.frontend_url();
    send("POST", &instance.sign_in_url(), &[("Origin", &origin)], &body)
}

/// The end of the names of an instance's cookies.
pub(crate) fn suffix(directives: &[String]) -> String {
    suffix_of(directives, "__client_uat_")
}

/// The same, taken from cookies whose names begin like this.
pub(crate) fn suffix_of(directives: &[String], prefix: &str) -> String {
    let names = directives
        .iter()
        .filter_map(|directive| directive.split_once('='))
        .map(|(name, _)| name);
    let mut suffixes = names.filter_map(|name| name.strip_prefix(prefix));
    suffixes.next().unwrap().to_owned()
}

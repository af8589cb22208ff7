//! A browser without a screen, whose application is both sides at once.

use std::collections::BTreeMap;
use std::time::Duration;

use clerk_client::Transport;
use clerk_client::transport::ReqwestTransport;
use http::{HeaderMap, Request, StatusCode};
use url::Url;

use crate::judges::{Judges, SESSION, Verdict};

/// Who answers for the application. What can be asked only once cannot be asked by both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Side {
    Both,
    Ours,
    Theirs,
}

pub(crate) struct Browser {
    pub(crate) judges: Judges,
    side: Side,
    origin: String,
    jars: BTreeMap<String, BTreeMap<String, String>>,
    network: ReqwestTransport,
}

impl Browser {
    pub(crate) fn new(judges: Judges, side: Side, origin: &str) -> Self {
        Self {
            judges,
            side,
            origin: origin.to_owned(),
            jars: BTreeMap::new(),
            network: ReqwestTransport::without_proxy().unwrap(),
        }
    }

    /// Goes on to another application with the same cookies.
    pub(crate) fn on(mut self, judges: Judges, origin: &str) -> Self {
        self.judges = judges;
        self.origin = origin.to_owned();
        self
    }

    /// Navigates to an address, as far as it redirects. Gives back the last verdict and all reasons on the way.
    pub(crate) async fn navigate(&mut self, address: &str) -> (Verdict, Vec<String>) {
        let mut url = Url::parse(&self.origin).unwrap().join(address).unwrap();
        let mut reasons = Vec::new();
        self.jar(&url.clone()).remove("__clerk_redirect_count");
        for _ in 0..12 {
            if url.origin().ascii_serialization() == self.origin {
                let (verdict, cookies) = self.application(&url).await;
                self.keep(&url, &cookies);
                if let Some(location) = &verdict.location {
                    reasons.push(verdict.reason.as_str().unwrap_or(&verdict.status).to_owned());
                    url = Url::parse(&location.url).unwrap();
                    continue;
                }
                return (verdict, reasons);
            }
            let (status, headers) = self.send(&url, None).await;
            assert!(status.is_redirection(), "{status} at {url}");
            self.keep(&url, &headers);
            url = url.join(headers["location"].to_str().unwrap()).unwrap();
        }
        panic!("redirected too often: {reasons:?}");
    }

    /// Fills a form of the local Clerk's in, and goes where it leads.
    pub(crate) async fn submit(
        &mut self,
        page: &str,
        fields: &[(&str, &str)],
        back: &str,
    ) -> (Verdict, Vec<String>) {
        let mut url = Url::parse(page).unwrap();
        let back = Url::parse(&self.origin).unwrap().join(back).unwrap();
        let browser = self.jar(&back).get("__clerk_db_jwt").cloned().unwrap_or_default();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields)
            .append_pair("redirect_url", back.as_str())
            .append_pair("__clerk_db_jwt", &browser);
        let form = form.finish();
        let is_get = fields.is_empty();
        if is_get {
            url.set_query(Some(&form));
        }
        let (status, headers) = self.send(&url, (!is_get).then_some(form)).await;
        assert!(status.is_redirection(), "{status} at {url}");
        self.keep(&url, &headers);
        let next = url.join(headers["location"].to_str().unwrap()).unwrap();
        self.navigate(next.as_str()).await
    }

    async fn application(&mut self, url: &Url) -> (Verdict, HeaderMap) {
        let target = &url[url::Position::BeforePath..];
        let mut request = Request::get(target)
            .header("host", &self.origin["http://".len()..])
            .header("accept", "text/html")
            .header("sec-fetch-dest", "document");
        let cookies: Vec<String> = self
            .jar(url)
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let parts = request.body(()).unwrap().into_parts().0;
        let verdict = match self.side {
            Side::Both => self.judges.both(&parts, SESSION).await,
            Side::Ours => self.judges.ours(&parts, SESSION).await,
            Side::Theirs => self.judges.theirs(&parts, SESSION).await,
        };
        let cookies = verdict.cookies.clone();
        (verdict, cookies)
    }

    fn jar(&mut self, url: &Url) -> &mut BTreeMap<String, String> {
        self.jars.entry(url.host_str().unwrap().to_owned()).or_default()
    }

    async fn send(&mut self, url: &Url, form: Option<String>) -> (StatusCode, HeaderMap) {
        let mut local = url.clone();
        local.set_host(Some("127.0.0.1")).unwrap();
        let mut headers = HeaderMap::new();
        let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
        headers.insert("host", host.parse().unwrap());
        if form.is_some() {
            headers.insert(
                "content-type",
                "application/x-www-form-urlencoded".parse().unwrap(),
            );
        }
        let cookies: Vec<String> = self
            .jar(url)
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            headers.insert("cookie", cookies.join("; ").parse().unwrap());
        }
        let request = clerk_client::transport::Request {
            method: if form.is_some() {
                http::Method::POST
            } else {
                http::Method::GET
            },
            url: local.into(),
            headers,
            body: form.map(Into::into),
            timeout: Duration::from_secs(5),
            max_response_bytes: 1024 * 1024,
        };
        let response = self.network.send(request).await.unwrap();
        (response.status, response.headers)
    }

    fn keep(&mut self, url: &Url, headers: &HeaderMap) {
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let mut parts = cookie.split(';').map(str::trim);
            let (name, value) = parts.next().unwrap().split_once('=').unwrap();
            let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
            let attribute = |name: &str| attributes.iter().find_map(|one| one.strip_prefix(name));
            let hosts = match attribute("domain=") {
                Some(domain) => vec![domain.to_owned(), format!("clerk.{domain}")],
                None => vec![url.host_str().unwrap().to_owned()],
            };
            let is_over = attribute("max-age=").is_some_and(|age| age == "0" || age.starts_with('-'));
            for host in hosts {
                let jar = self.jars.entry(host).or_default();
                if is_over {
                    jar.remove(name);
                } else {
                    jar.insert(name.to_owned(), value.to_owned());
                }
            }
        }
    }
}

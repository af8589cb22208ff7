//! A browser without a screen: it keeps cookies, follows redirects, and says what a browser says about a navigation.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use clerk_client::Transport;
use clerk_client::transport::ReqwestTransport;
use http::{HeaderMap, Request, StatusCode};
use url::Url;

use crate::call::{Answer, call};

pub(crate) struct Visitor {
    app: Router,
    origin: String,
    /// By host; those of a domain are in the jars of all its hosts.
    jars: BTreeMap<String, BTreeMap<String, String>>,
    /// Pairs that another site has set for the whole domain, which the application's responses do not replace.
    pub(crate) tossed: Vec<String>,
    pub(crate) tossed_first: bool,
    network: ReqwestTransport,
    /// Every address that was asked, and the status that it answered.
    pub(crate) trail: Vec<(StatusCode, Url)>,
    /// Every response of the application, the newest last.
    pub(crate) answers: Vec<Answer>,
}

impl Visitor {
    /// `origin` is the application's.
    pub(crate) fn new(app: Router, origin: &str) -> Self {
        Self {
            app,
            origin: origin.to_owned(),
            jars: BTreeMap::new(),
            tossed: Vec::new(),
            tossed_first: false,
            network: ReqwestTransport::without_proxy().unwrap(),
            trail: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// The same browser, to look at another application.
    pub(crate) fn on(mut self, app: Router, origin: &str) -> Self {
        self.app = app;
        self.origin = origin.to_owned();
        self
    }

    /// Navigates to an address, of the application unless it is absolute, and as far as it redirects.
    pub(crate) async fn navigate(&mut self, address: &str) -> String {
        let mut url = Url::parse(&self.origin).unwrap().join(address).unwrap();
        self.trail.clear();
        self.answers.clear();
        // The cookie that counts redirects is gone after two seconds.
        for jar in self.jars.values_mut() {
            jar.remove("__clerk_redirect_count");
        }
        for _ in 0..12 {
            let (status, headers, body) = self.ask(&url).await;
            self.keep(&url, &headers);
            self.trail.push((status, url.clone()));
            match headers.get("location").filter(|_| status.is_redirection()) {
                Some(location) => url = url.join(location.to_str().unwrap()).unwrap(),
                None => return body,
            }
        }
        panic!("redirected too often: {:?}", self.trail);
    }

    /// The status of the last response.
    pub(crate) fn status(&self) -> StatusCode {
        self.trail.last().unwrap().0
    }

    /// The handshakes of the last navigation, by their reasons.
    pub(crate) fn handshakes(&self) -> Vec<String> {
        let reason = |url: &Url| {
            let mut pairs = url.query_pairs();
            pairs
                .find(|(name, _)| name == "__clerk_hs_reason")
                .map(|(_, value)| value.into_owned())
        };
        self.trail.iter().filter_map(|(_, url)| reason(url)).collect()
    }

    /// A form of the local Clerk's, filled in.
    pub(crate) async fn submit(&mut self, page: &Url, fields: &[(&str, &str)]) -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(page.query_pairs()).extend_pairs(fields);
        let mut target = page.clone();
        target.set_query(None);
        let (status, headers, body) = self.send(&target, "POST", Some(form.finish())).await;
        self.keep(&target, &headers);
        match headers.get("location").filter(|_| status.is_redirection()) {
            Some(location) => {
                let next = target.join(location.to_str().unwrap()).unwrap();
                self.navigate(next.as_str()).await
            }
            None => body,
        }
    }

    pub(crate) fn cookies(&self) -> BTreeMap<String, String> {
        let host = Url::parse(&self.origin).unwrap();
        self.jars
            .get(host.host_str().unwrap())
            .cloned()
            .unwrap_or_default()
    }

    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        let host = Url::parse(&self.origin).unwrap().host_str().unwrap().to_owned();
        self.jars
            .entry(host)
            .or_default()
            .insert(name.into(), value.into());
    }

    /// Asks the application as a script of its pages does, without following anything.
    pub(crate) async fn fetch(&self, path: &str) -> Answer {
        let mut request = Request::get(path)
            .header("host", &self.origin["http://".len()..])
            .header("accept", "application/json")
            .header("sec-fetch-dest", "empty")
            .header("sec-fetch-site", "same-origin");
        let url = Url::parse(&self.origin).unwrap();
        if let Some(cookies) = self.cookie_header(&url) {
            request = request.header("cookie", cookies);
        }
        call(&self.app, request.body(Body::empty()).unwrap()).await
    }

    /// Forgets all cookies, as at Clerk so in the application, which then says that nobody is signed in.
    pub(crate) fn sign_out(&mut self, suffix: &str) {
        self.jars.clear();
        self.set_cookie(&format!("__client_uat_{suffix}"), "0");
    }

    fn cookie_header(&self, url: &Url) -> Option<String> {
        let host = url.host_str()?;
        let own = self.jars.get(host).into_iter().flatten();
        let own = own.map(|(name, value)| format!("{name}={value}"));
        let is_application = url.origin().ascii_serialization() == self.origin;
        let tossed = self.tossed.iter().filter(|_| is_application).cloned();
        // The oldest comes first, and that may be either.
        let pairs: Vec<String> = match self.tossed_first {
            true => tossed.chain(own).collect(),
            false => own.chain(tossed).collect(),
        };
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    async fn ask(&mut self, url: &Url) -> (StatusCode, HeaderMap, String) {
        if url.origin().ascii_serialization() != self.origin {
            return self.send(url, "GET", None).await;
        }
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let mut request = Request::get(target)
            .header("host", &self.origin["http://".len()..])
            .header("accept", "text/html")
            .header("sec-fetch-dest", "document");
        if let Some(cookies) = self.cookie_header(url) {
            request = request.header("cookie", cookies);
        }
        let answer = call(&self.app, request.body(Body::empty()).unwrap()).await;
        let seen = (answer.status, answer.headers.clone(), answer.body.clone());
        self.answers.push(answer);
        seen
    }

    /// Over the network. Names below `localhost` are this machine.
    async fn send(&self, url: &Url, method: &str, form: Option<String>) -> (StatusCode, HeaderMap, String) {
        let host = match url.port() {
            Some(port) => format!("{}:{port}", url.host_str().unwrap()),
            None => url.host_str().unwrap().to_owned(),
        };
        let mut local = url.clone();
        local.set_host(Some("127.0.0.1")).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("host", host.parse().unwrap());
        headers.insert("accept", "text/html".parse().unwrap());
        if form.is_some() {
            headers.insert(
                "content-type",
                "application/x-www-form-urlencoded".parse().unwrap(),
            );
        }
        if let Some(cookies) = self.cookie_header(url) {
            headers.insert("cookie", cookies.parse().unwrap());
        }
        let request = clerk_client::transport::Request {
            method: method.parse().unwrap(),
            url: local.into(),
            headers,
            body: form.map(Into::into),
            timeout: Duration::from_secs(5),
            max_response_bytes: 1024 * 1024,
        };
        let response = self.network.send(request).await.unwrap();
        let body = String::from_utf8(response.body.to_vec()).unwrap();
        (response.status, response.headers, body)
    }

    fn keep(&mut self, url: &Url, headers: &HeaderMap) {
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let mut parts = cookie.split(';').map(str::trim);
            let (name, value) = parts.next().unwrap().split_once('=').unwrap();
            let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
            let attribute = |name: &str| attributes.iter().find_map(|one| one.strip_prefix(name));
            let domain = attribute("domain=");
            let hosts: Vec<String> = match domain {
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

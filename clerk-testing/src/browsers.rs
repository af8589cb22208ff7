use std::collections::HashMap;

/// The browsers that the Frontend API knows, by the secret that each of them keeps, and what was given to them.
#[derive(Default)]
pub(crate) struct Browsers {
    clients: HashMap<String, Client>,
    nonces: HashMap<String, Handed<Vec<String>>>,
    sync_codes: HashMap<String, Handed<SyncCode>>,
    refresh_tokens: HashMap<String, Handed<String>>,
}

/// A browser as Clerk sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Client {
    /// The active session. Whether it still is one, the directory knows.
    pub(crate) session_id: Option<String>,
    /// When somebody last signed in, in seconds of Unix time.
    pub(crate) updated_at: i64,
}

/// A code that tells a satellite which browser it is talking to.
#[derive(Clone)]
pub(crate) struct SyncCode {
    pub(crate) browser: String,
    pub(crate) satellite: String,
}

/// Something that is given out for some time, in seconds of Unix time.
struct Handed<T> {
    what: T,
    expires_at: i64,
}

impl<T> Handed<T> {
    fn new(what: T, expires_at: i64) -> Self {
        Self { what, expires_at }
    }

    fn at(self, now: i64) -> Option<T> {
        (now < self.expires_at).then_some(self.what)
    }
}

impl Browsers {
    pub(crate) fn client(&self, browser: &str) -> Option<&Client> {
        self.clients.get(browser)
    }

    /// Makes a browser that is not known yet known.
    pub(crate) fn keep(&mut self, browser: &str) {
        self.clients.entry(browser.to_owned()).or_default();
    }

    /// Makes a session the active one of a browser. What was active before is returned.
    pub(crate) fn sign_in(&mut self, browser: &str, session_id: String, now: i64) -> Option<String> {
        let client = Client {
            session_id: Some(session_id),
            updated_at: now,
        };
        self.clients
            .insert(browser.to_owned(), client)
            .and_then(|former| former.session_id)
    }

    /// Leaves a browser without session. What was active before is returned.
    pub(crate) fn sign_out(&mut self, browser: &str) -> Option<String> {
        self.clients.get_mut(browser)?.session_id.take()
    }

    pub(crate) fn keep_nonce(&mut self, nonce: String, directives: Vec<String>, expires_at: i64) {
        self.nonces.insert(nonce, Handed::new(directives, expires_at));
    }

    /// What a nonce stands for. It is good for one time.
    pub(crate) fn take_nonce(&mut self, nonce: &str, now: i64) -> Option<Vec<String>> {
        self.nonces.remove(nonce)?.at(now)
    }

    pub(crate) fn keep_sync_code(&mut self, code: String, what: SyncCode, expires_at: i64) {
        self.sync_codes.insert(code, Handed::new(what, expires_at));
    }

    /// The browser that a code stands for, if it was made for this satellite. It is good for one time.
    pub(crate) fn take_sync_code(&mut self, code: &str, satellite: &str, now: i64) -> Option<String> {
        let code = self.sync_codes.remove(code)?.at(now)?;
        (code.satellite == satellite).then_some(code.browser)
    }

    pub(crate) fn keep_refresh_token(&mut self, token: String, session_id: String, expires_at: i64) {
        self.refresh_tokens
            .insert(token, Handed::new(session_id, expires_at));
    }

    /// Whether a refresh token is one of this session and still good.
    pub(crate) fn can_refresh(&self, token: &str, session_id: &str, now: i64) -> bool {
        self.refresh_tokens
            .get(token)
            .is_some_and(|handed| handed.what == session_id && now < handed.expires_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_and_codes_are_good_once_and_in_time() {
        let mut browsers = Browsers::default();
        browsers.keep_nonce("a".into(), vec!["x=1".into()], 10);
        browsers.keep_nonce("b".into(), Vec::new(), 10);
        assert_eq!(browsers.take_nonce("a", 9), Some(vec!["x=1".into()]));
        assert_eq!(browsers.take_nonce("a", 9), None);
        assert_eq!(browsers.take_nonce("b", 10), None);

        let code = SyncCode {
            browser: "client_1".into(),
            satellite: "shop.localhost".into(),
        };
        browsers.keep_sync_code("c".into(), code.clone(), 10);
        browsers.keep_sync_code("d".into(), code, 10);
        assert_eq!(browsers.take_sync_code("c", "other.localhost", 9), None);
        assert_eq!(browsers.take_sync_code("c", "shop.localhost", 9), None);
        assert_eq!(
            browsers.take_sync_code("d", "shop.localhost", 9).as_deref(),
            Some("client_1")
        );
    }

    #[test]
    fn refresh_tokens_belong_to_a_session() {
        let mut browsers = Browsers::default();
        browsers.keep_refresh_token("r".into(), "sess_1".into(), 10);
        assert!(browsers.can_refresh("r", "sess_1", 9));
        assert!(!browsers.can_refresh("r", "sess_1", 10));
        assert!(!browsers.can_refresh("r", "sess_2", 9));
        assert!(!browsers.can_refresh("q", "sess_1", 9));
    }

    #[test]
    fn one_session_at_a_time() {
        let mut browsers = Browsers::default();
        assert_eq!(browsers.sign_in("dvb_1", "sess_1".into(), 5), None);
        browsers.keep("dvb_1");
        assert_eq!(
            browsers.sign_in("dvb_1", "sess_2".into(), 6).as_deref(),
            Some("sess_1")
        );
        assert_eq!(browsers.client("dvb_1").unwrap().updated_at, 6);
        assert_eq!(browsers.sign_out("dvb_1").as_deref(), Some("sess_2"));
        assert_eq!(browsers.sign_out("dvb_1"), None);
    }
}

//! A request, from what a developer has at hand: a token, a header, or a `curl` line.

use std::error::Error;

use http::request::Parts;
use http::{HeaderName, HeaderValue, Request};

/// Makes the request that `input` stands for.
pub(crate) fn request(input: &str) -> Result<Parts, Box<dyn Error>> {
    let input = input.trim();
    let mut request = Described::default();
    if input.starts_with("curl ") || input.starts_with("curl.exe ") {
        request.read_curl(input)?;
    } else if let Some((name, value)) = input.split_once(':').filter(|(name, _)| is_header(name)) {
        request.headers.push((name.to_owned(), value.trim().to_owned()));
    } else {
        let has_scheme = input
            .get(..7)
            .is_some_and(|start| start.eq_ignore_ascii_case("bearer "));
        let token = if has_scheme { &input[7..] } else { input };
        request
            .headers
            .push(("authorization".to_owned(), format!("Bearer {token}")));
    }
    request.into_parts()
}

fn is_header(name: &str) -> bool {
    ["authorization", "cookie"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Holds the request that a command line describes.
#[derive(Default)]
struct Described {
    method: Option<String>,
    url: Option<String>,
    has_body: bool,
    headers: Vec<(String, String)>,
}

impl Described {
    fn read_curl(&mut self, line: &str) -> Result<(), Box<dyn Error>> {
        // Browsers copy a command over several lines.
        let line = line.replace("\\\r\n", " ").replace("\\\n", " ");
        let words = shlex::split(&line).ok_or("the `curl` line has a quote that does not end")?;
        let mut words = words.into_iter().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "-H" | "--header" => self.header(&words.next().unwrap_or_default()),
                "-b" | "--cookie" => {
                    let cookie = words.next().unwrap_or_default();
                    self.headers.push(("cookie".to_owned(), cookie));
                }
                "-X" | "--request" => self.method = words.next(),
                "-u" | "--user" => {
                    words.next();
                    self.headers
                        .push(("authorization".to_owned(), "Basic eA==".to_owned()));
                }
                "-d" | "--data" | "--data-raw" | "--data-binary" | "--json" | "-F" | "--form" => {
                    words.next();
                    self.has_body = true;
                }
                "-o" | "--output" | "-A" | "--user-agent" | "-e" | "--referer" | "--max-time" => {
                    words.next();
                }
                "--oauth2-bearer" => {
                    let token = words.next().unwrap_or_default();
                    self.headers
                        .push(("authorization".to_owned(), format!("Bearer {token}")));
                }
                word if word.starts_with("--header=") => self.header(&word["--header=".len()..]),
                word if word.starts_with("-H") => self.header(&word[2..]),
                word if word.starts_with("-X") => self.method = Some(word[2..].to_owned()),
                word if word.starts_with('-') => {}
                _ => self.url = Some(word),
            }
        }
        Ok(())
    }

    fn header(&mut self, header: &str) {
        if let Some((name, value)) = header.split_once(':') {
            self.headers
                .push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }

    fn into_parts(self) -> Result<Parts, Box<dyn Error>> {
        let method = self.method.unwrap_or_else(|| match self.has_body {
            true => "POST".to_owned(),
            false => "GET".to_owned(),
        });
        let mut request = Request::builder()
            .method(&*method)
            .uri(self.url.as_deref().unwrap_or("/"))
            .body(())
            .map_err(|_| "the method or the address of the `curl` line cannot be sent")?;
        for (name, value) in self.headers {
            // Not with its text: where a colon is missing, the token is a part of the name.
            let cannot_be_sent = "a header of the request cannot be sent: write `Name: value`, without characters that HTTP does not allow";
            let value = HeaderValue::from_str(&value).map_err(|_| cannot_be_sent)?;
            let header: HeaderName = name.parse().map_err(|_| cannot_be_sent)?;
            request.headers_mut().append(header, value);
        }
        Ok(request.into_parts().0)
    }
}

use http::Uri;

use crate::BuildError;
use crate::path::is_plain_segment;

/// The address of the Backend API with its version, without a slash at the end.
pub(crate) fn base_url(api_url: &str, api_version: &str) -> Result<String, BuildError> {
    let uri: Uri = api_url.parse().map_err(|_| BuildError::ApiUrl)?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(BuildError::ApiUrl);
    };
    if authority.as_str().contains('@')
        || uri.query().is_some()
        || api_url.contains('#')
        || authority.host().is_empty()
    {
        return Err(BuildError::ApiUrl);
    }
    if scheme != "https" && !(scheme == "http" && is_loopback(authority.host())) {
        return Err(BuildError::Insecure);
    }
    let path = uri.path().trim_end_matches('/');
    if !path.split('/').skip(1).all(is_plain_segment) {
        return Err(BuildError::ApiUrl);
    }
    if !is_plain_segment(api_version) {
        return Err(BuildError::ApiVersion);
    }
    Ok(format!("{scheme}://{authority}{path}/{api_version}"))
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_loopback() {
        for (url, expected) in [
            ("https://api.clerk.com", "https://api.clerk.com/v1"),
            (
                "https://bapi.internal.test/base/",
                "https://bapi.internal.test/base/v1",
            ),
            ("http://127.0.0.1:4000", "http://127.0.0.1:4000/v1"),
            ("http://localhost:4000/", "http://localhost:4000/v1"),
            ("http://[::1]:4000", "http://[::1]:4000/v1"),
        ] {
            assert_eq!(base_url(url, "v1").unwrap(), expected);
        }
        for (url, expected) in [
            ("http://api.clerk.com", BuildError::Insecure),
            ("http://127.0.0.1.evil.test", BuildError::Insecure),
            ("ftp://api.clerk.com", BuildError::Insecure),
            ("https://user:password@api.clerk.com", BuildError::ApiUrl),
            ("https://api.clerk.com?x=1", BuildError::ApiUrl),
            ("https://api.clerk.com/#x", BuildError::ApiUrl),
            ("https://api.clerk.com/../x", BuildError::ApiUrl),
            ("https://api.clerk.com/a//b", BuildError::ApiUrl),
            ("api.clerk.com", BuildError::ApiUrl),
            ("/v1", BuildError::ApiUrl),
            ("", BuildError::ApiUrl),
        ] {
            assert_eq!(base_url(url, "v1"), Err(expected), "{url}");
        }
    }

    #[test]
    fn a_version_is_one_segment() {
        for version in ["", "..", "../v2", "v1/users", "v1?x", "v%31"] {
            assert_eq!(
                base_url("https://api.clerk.com", version),
                Err(BuildError::ApiVersion),
                "{version}"
            );
        }
    }
}

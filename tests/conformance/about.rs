//! What is special about a case, as far as the deviations go. Judged from the case, not from the outcome.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use clerk_runtime::Deviation;
use serde_json::Value;

use crate::case::{Case, Request, decoded};
use crate::strictness::{is_strict, lenient};
use crate::webhooks;

/// A question to a token, its decoded header and its decoded payload.
type TokenTest<'a> = &'a dyn Fn(&str, &[u8], &[u8]) -> bool;

pub(crate) fn is_about(case: &Case, deviation: Deviation) -> bool {
    let tokens = case.tokens();
    let token = |test: TokenTest<'_>| {
        tokens
            .iter()
            .any(|token| decoded(token).is_some_and(|(header, payload)| test(token, &header, &payload)))
    };
    let header = |test: &dyn Fn(&Value) -> bool| token(&|_, header, _| test(&lenient(header)));
    let payload = |test: &dyn Fn(&Value) -> bool| token(&|_, _, payload| test(&lenient(payload)));
    let request = case.exchange.request.as_ref();
    let authorization: Vec<&str> = request
        .map(|request| request.header("authorization").collect())
        .unwrap_or_default();
    match deviation {
        Deviation::BearerScheme => authorization.iter().any(|value| {
            let words: Vec<&str> = value.trim().split(' ').collect();
            words.len() != 2 || words[0] != "Bearer"
        }),
        Deviation::RepeatedAuthorization => {
            authorization.len() > 1
                || authorization
                    .iter()
                    .any(|value| !value.chars().all(|c| matches!(c, '\t' | ' '..='~')))
        }
        Deviation::CanonicalBase64 => token(&|token, _, _| token.contains('=')),
        Deviation::Crit => header(&|header| header.get("crit").is_some() || header.get("zip").is_some()),
        Deviation::StrictJson => token(&|_, header, payload| !is_strict(header) || !is_strict(payload)),
        Deviation::SizeLimit => {
            let cookies = request.map_or(0, |request| request.header("cookie").map(str::len).sum());
            let pairs = request.map_or(0, |request| {
                request
                    .header("cookie")
                    .map(|value| value.split(';').count())
                    .sum()
            });
            let long = |token: &String| {
                token.len() > 16 * 1024 || token.split('.').next().is_some_and(|part| part.len() > 2048)
            };
            cookies > 32 * 1024 || pairs > 128 || tokens.iter().any(long)
        }
        Deviation::Audience => {
            let is_text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
            case.option("audience").is_some()
                && payload(&|payload| match &payload["aud"] {
                    Value::Array(list) => !list.iter().all(is_text) || list.is_empty(),
                    other => !is_text(other),
                })
        }
        Deviation::Rs256Only => header(&|header| matches!(header["alg"].as_str(), Some("RS384" | "RS512"))),
        Deviation::UnusableKey => case.before.iter().chain([&case.exchange]).any(|exchange| {
            exchange
                .upstream
                .iter()
                .flat_map(|answer| keys(&answer["body"]))
                .any(|key| !is_plain_rs256_key(&key))
                || exchange.upstream.iter().any(|answer| {
                    let keys = keys(&answer["body"]);
                    let clash = |one: &Value, other: &Value| {
                        one["kid"].is_string() && one["kid"] == other["kid"] && one["n"] != other["n"]
                    };
                    keys.iter().any(|one| keys.iter().any(|other| clash(one, other)))
                })
        }),
        Deviation::HeaderFirst => {
            let from_key_set = case
                .option("jwtKey")
                .and_then(Value::as_str)
                .is_none_or(str::is_empty);
            let plain = |header: &Value| {
                header["alg"] == "RS256"
                    && header.get("kid").is_some()
                    && (header.get("typ").is_none() || header["typ"] == "JWT")
                    && header.get("crit").is_none()
                    && is_session(header)
            };
            from_key_set && header(&|header| !plain(header))
        }
        Deviation::KidForm => header(&|header| match header.get("kid") {
            None => false,
            Some(kid) => !kid.as_str().is_some_and(|kid| {
                let safe = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
                !kid.is_empty() && kid.len() <= 128 && kid.chars().all(safe)
            }),
        }),
        Deviation::IdForm => payload(&|payload| {
            let ids = [
                &payload["sub"],
                &payload["sid"],
                &payload["org_id"],
                &payload["o"]["id"],
            ];
            let safe = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            let odd = |id: &str| id.is_empty() || id.len() > 256 || !id.chars().all(safe);
            ids.iter().filter_map(|id| id.as_str()).any(odd)
        }),
        Deviation::NumericDate => payload(&|payload| {
            let odd = |number: f64| !(0.0..=9_007_199_254_740_992.0).contains(&number);
            ["exp", "nbf", "iat"]
                .iter()
                .filter_map(|name| payload[name].as_f64())
                .any(odd)
        }),
        Deviation::JwtKeyForm => case
            .option("jwtKey")
            .and_then(Value::as_str)
            .is_some_and(|pem| !is_rsa_public_key(pem)),
        Deviation::ApiAddress => {
            let plain = |text: &str| {
                text.chars()
                    .all(|c| c.is_ascii_alphanumeric() || ":/.-_".contains(c))
                    && !text.contains("..")
            };
            ["apiUrl", "apiVersion"]
                .iter()
                .filter_map(|name| case.option(name)?.as_str())
                .any(|text| !plain(text))
        }
        // Nothing allows an address that is none of the web.
        Deviation::RedirectOrigin => case.redirect_url().is_some_and(|url| {
            !url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        }),
        Deviation::HandshakeByQuery => {
            let in_query = |name: &str| request.is_some_and(|request| request.url.contains(name));
            let is_production = case.option("publishableKey").and_then(Value::as_str);
            is_production.is_some_and(|key| key.starts_with("pk_live_"))
                && (in_query("__clerk_handshake=") || in_query("__clerk_handshake_nonce="))
        }
        Deviation::HandshakeDirective => case.directives().iter().any(|one| !is_plain_directive(case, one)),
        Deviation::HandshakeExpiry => {
            let now = case.exchange.now_ms as f64;
            request.is_some_and(|request| {
                request.handshake_tokens().iter().any(|token| {
                    decoded(token).is_some_and(|(_, payload)| {
                        let payload = lenient(&payload);
                        let over = payload["exp"].as_f64().is_none_or(|exp| exp * 1000.0 <= now);
                        payload.get("exp").is_some() && over
                    })
                })
            })
        }
        Deviation::RedirectLoop => request.is_some_and(|request| {
            let cookies = request.cookies();
            let mut counts = cookies
                .iter()
                .filter(|(name, _)| name == "__clerk_redirect_count")
                .map(|(_, count)| count.parse::<u32>().ok());
            counts.any(|count| count.is_none_or(|count| count > 3))
        }),
        Deviation::TokenCategory => case.handed_over().iter().any(|token| {
            decoded(token).is_some_and(|(header, payload)| {
                let sub = lenient(&payload)["sub"].clone();
                !is_session(&lenient(&header)) || sub.as_str().is_some_and(|sub| sub.starts_with("mch_"))
            })
        }),
        Deviation::MachineTokenState => case.exchange.upstream.iter().any(|answer| {
            let body = &answer["body"];
            let object = match answer["path"].as_str() {
                Some(path) if path.ends_with("/api_keys/verify") => "api_key",
                Some(path) if path.ends_with("/m2m_tokens/verify") => "machine_to_machine_token",
                _ => "clerk_idp_oauth_access_token",
            };
            let subject = body["subject"].as_str().unwrap_or_default();
            let content_type = answer["headers"]["content-type"].as_str();
            body["object"] != object
                || content_type.is_some_and(|text| !text.starts_with("application/json"))
                || body["revoked"] != false
                || body["expired"] != false
                || body["deleted"] == true
                || body["expiration"]
                    .as_f64()
                    .is_some_and(|end| end < case.exchange.now_ms as f64)
                || subject.is_empty()
                || !subject
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
                || (object == "machine_to_machine_token" && !subject.starts_with("mch_"))
        }),
        Deviation::WebhookForm => webhooks::is_odd(case),
        Deviation::WholeConfiguration => {
            let accepts = case.option("acceptsToken").and_then(Value::as_str);
            let relative = |name: &str| {
                let url = case.option(name).and_then(Value::as_str);
                url.is_some_and(|url| url::Url::parse(url).is_err())
            };
            matches!(accepts, Some("m2m_token" | "api_key")) || relative("signInUrl")
        }
        Deviation::UselessSetting => {
            let parties = case.list_option("authorizedParties").unwrap_or_default();
            let is_origin = |party: &String| {
                url::Url::parse(party).is_ok_and(|url| url.origin().ascii_serialization() == *party)
            };
            let key = |name: &str| case.option(name).and_then(Value::as_str).unwrap_or_default();
            let (publishable, secret) = (key("publishableKey"), key("secretKey"));
            let is_of_two =
                |one: &str, other: &str| publishable.starts_with(one) && secret.starts_with(other);
            let has_scheme = |url: &str| url.starts_with('/') || url.contains("://");
            let proxy_url = case.option("proxyUrl").and_then(Value::as_str);
            !parties.iter().all(is_origin)
                || is_of_two("pk_live_", "sk_test_")
                || is_of_two("pk_test_", "sk_live_")
                || proxy_url.is_some_and(|url| !has_scheme(url))
        }
        Deviation::PatternForm => case.organization_patterns().iter().any(|pattern| {
            let has_long_prefix = pattern.split(':').any(|before| {
                let tail = before.rsplit(['/', '}', ')']).next().unwrap_or_default();
                tail.chars().count() > 1
            });
            let has_escaped_digit = (1..10).any(|digit| pattern.contains(&format!("\\{digit}")));
            let looks_around = ["(?=", "(?!", "(?<"].iter().any(|start| pattern.contains(start));
            has_long_prefix || has_escaped_digit || looks_around || pattern.ends_with('\\')
        }),
        Deviation::CredentialForm => {
            let is_safe = |text: &str| {
                let safe = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
                (1..=256).contains(&text.len()) && text.chars().all(safe)
            };
            let is_odd_token = |word: &str| {
                let secret = ["ak_", "mt_", "oat_"]
                    .iter()
                    .find_map(|prefix| word.strip_prefix(prefix));
                secret.is_some_and(|secret| !is_safe(secret))
            };
            let mut words = authorization.iter().flat_map(|value| value.split(' '));
            words.any(is_odd_token) || nonces(case).iter().any(|nonce| !is_safe(nonce))
        }
        Deviation::NonceOnDocument => {
            let is_document = request.is_some_and(|request| {
                let destination = request.header("sec-fetch-dest").next();
                let accepts_html = || {
                    request
                        .header("accept")
                        .any(|accept| accept.trim().starts_with("text/html"))
                };
                request.method == "GET"
                    && destination.map_or_else(accepts_html, |one| matches!(one, "document" | "iframe"))
            });
            !nonces(case).is_empty() && !is_document
        }
        Deviation::KeptAnswers => {
            let asked = |request: &Option<Request>| {
                let request = request.as_ref()?;
                Some((
                    request
                        .header("authorization")
                        .map(str::to_owned)
                        .collect::<Vec<_>>(),
                    request.cookies(),
                ))
            };
            let now = asked(&case.exchange.request);
            case.before.iter().any(|before| asked(&before.request) == now)
        }
        Deviation::ConflictingCookies => {
            let pairs = request.map(Request::cookies).unwrap_or_default();
            pairs
                .iter()
                .any(|(name, value)| pairs.iter().any(|(other, found)| other == name && found != value))
        }
        _ => false,
    }
}

/// The nonces of handshakes in the query and the cookies of a case.
fn nonces(case: &Case) -> Vec<String> {
    const NAME: &str = "__clerk_handshake_nonce";
    let Some(request) = &case.exchange.request else {
        return Vec::new();
    };
    let query = url::Url::parse(&request.url);
    let in_query = query.iter().flat_map(|url| {
        let pairs = url.query_pairs().filter(|(name, _)| name == NAME);
        pairs.map(|(_, value)| value.into_owned()).collect::<Vec<_>>()
    });
    let cookies = request.cookies();
    let in_cookies = cookies
        .iter()
        .filter(|(name, _)| name == NAME)
        .map(|(_, value)| value.clone());
    in_query.chain(in_cookies).collect()
}

/// Whether the category in a token's header is a session's, or none.
fn is_session(header: &Value) -> bool {
    let category = header.get("cat");
    category.is_none_or(|category| category == "cl_B7d4PD111AAA" || category == "cl_I7d4PD111III")
}

/// A cookie of Clerk's own, for this instance, with attributes that cookies have.
fn is_plain_directive(case: &Case, directive: &str) -> bool {
    let mut parts = directive.split("; ");
    let (name, value) = parts
        .next()
        .and_then(|pair| pair.split_once('='))
        .unwrap_or_default();
    let own = [
        "__session",
        "__client_uat",
        "__refresh",
        "__clerk_db_jwt",
        "__clerk_handshake",
        "__clerk_handshake_nonce",
    ];
    let key = case
        .option("publishableKey")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let suffix = clerk_runtime::key::PublishableKey::parse(key).map(|key| key.cookie_suffix().to_owned());
    let names = own.iter().flat_map(|name| {
        let suffixed = suffix.as_ref().map(|suffix| format!("{name}_{suffix}"));
        [Some((*name).to_owned()), suffixed.ok()]
    });
    let attributes = [
        "Path=/",
        "Domain=",
        "Secure",
        "HttpOnly",
        "SameSite=",
        "Max-Age=",
        "Expires=",
    ];
    names.flatten().any(|own| own == name)
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && parts.all(|part| attributes.iter().any(|one| part.starts_with(one)) && part.is_ascii())
}

/// Forwarded headers that say more than a host and a scheme of the web, or a path that one may take for a host.
pub(crate) fn has_odd_forwarded_headers(case: &Case) -> bool {
    let Some(request) = &case.exchange.request else {
        return false;
    };
    let is_host = |value: &str| {
        let host = value.split(',').next().unwrap_or_default();
        !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
    };
    let odd_host = request.header("x-forwarded-host").any(|value| !is_host(value));
    let odd_scheme = request
        .header("x-forwarded-proto")
        .any(|value| !matches!(value.split(',').next(), Some("http" | "https")));
    let path = url::Url::parse(&request.url)
        .map(|url| url.path().to_owned())
        .unwrap_or_default();
    odd_host || odd_scheme || path.starts_with("//")
}

/// A member of the auth object whose claim does not have the type that it should have.
pub(crate) fn has_odd_claim(case: &Case, field: &str) -> bool {
    case.tokens()
        .iter()
        .filter_map(|token| decoded(token))
        .any(|(_, payload)| {
            let payload = lenient(&payload);
            let odd = |value: &Value| !value.is_null() && !value.is_string();
            let organization = &payload["o"];
            let odd_organization = !organization.is_null() && !organization.is_object();
            match field {
                "sessionId" => odd(&payload["sid"]),
                "sessionStatus" => odd(&payload["sts"]),
                "orgId" => odd_organization || odd(&organization["id"]) || odd(&payload["org_id"]),
                "orgRole" => odd_organization || odd(&organization["rol"]) || odd(&payload["org_role"]),
                "orgSlug" => odd_organization || odd(&organization["slg"]) || odd(&payload["org_slug"]),
                "orgPermissions" => {
                    let permissions = &payload["org_permissions"];
                    odd_organization
                        || permissions.as_array().map_or(!permissions.is_null(), |list| {
                            list.iter().any(|item| !item.is_string())
                        })
                }
                "scopes" | "narrowed" => match &payload["aud"] {
                    Value::Array(list) => list.iter().any(odd),
                    audience => !audience.is_null(),
                },
                "factorVerificationAge" => {
                    let ages = payload["fva"].as_array();
                    !ages.is_some_and(|ages| ages.len() == 2 && ages.iter().all(Value::is_number))
                }
                _ => false,
            }
        })
}

/// Scopes of a machine that are not a list.
pub(crate) fn has_odd_scopes(case: &Case, field: &str) -> bool {
    let answers = case.exchange.upstream.iter();
    matches!(field, "scopes" | "narrowed")
        && answers
            .filter(|answer| answer["method"] == "POST")
            .any(|answer| !answer["body"]["scopes"].is_array())
}

/// Whether some answer of the sequence lacks a key that an earlier one had, or the set was asked for more than once.
pub(crate) fn keys_were_replaced(case: &Case) -> bool {
    let sets: Vec<Vec<String>> = case
        .before
        .iter()
        .chain([&case.exchange])
        .flat_map(|exchange| &exchange.upstream)
        .map(|answer| keys(&answer["body"]).iter().map(ToString::to_string).collect())
        .collect();
    sets.iter().enumerate().any(|(at, set)| {
        sets[at..]
            .iter()
            .any(|later| set.iter().any(|key| !later.contains(key)))
    })
}

fn keys(body: &Value) -> Vec<Value> {
    let parsed = body.as_str().and_then(|text| serde_json::from_str(text).ok());
    parsed.as_ref().unwrap_or(body)["keys"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

fn is_plain_rs256_key(key: &Value) -> bool {
    let modulus = key["n"].as_str().unwrap_or_default();
    key["kty"] == "RSA"
        && (key.get("alg").is_none() || key["alg"] == "RS256")
        && (key.get("use").is_none() || key["use"] == "sig")
        && key.get("key_ops").is_none()
        && key["kid"].is_string()
        && (342..=1366).contains(&modulus.len())
        && !modulus.contains(['=', '+', '/'])
        && key["e"].as_str().is_some_and(|e| e == "AQAB" || e == "Aw")
}

/// Returns whether a PEM has the key that its label names: SPKI without one or as `PUBLIC KEY`, PKCS#1 as `RSA PUBLIC KEY`, and
/// a modulus of 2048 to 8192 bits.
fn is_rsa_public_key(pem: &str) -> bool {
    let labels: Vec<&str> = pem
        .split("-----")
        .filter_map(|text| text.strip_prefix("BEGIN ").or(text.strip_prefix("END ")))
        .collect();
    let is_labelled = |label: &str| labels.iter().all(|found| *found == label);
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = BASE64_STANDARD
        .decode(body.trim())
        .or_else(|_| BASE64_URL_SAFE.decode(body.trim()))
        .unwrap_or_default();
    const RSA_ENCRYPTION: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let is_spki = der.windows(9).any(|window| window == RSA_ENCRYPTION);
    let label = if is_spki { "PUBLIC KEY" } else { "RSA PUBLIC KEY" };
    // A modulus, and less than fifty bytes of everything else.
    let has_size = (256..=1024 + 50).contains(&der.len());
    let is_whole = der
        .get(2..4)
        .map(|length| usize::from(length[0]) << 8 | usize::from(length[1]))
        == der.len().checked_sub(4);
    is_labelled(label) && (is_spki || !labels.is_empty()) && has_size && is_whole
}

//! Names in Rust's style of names in Clerk's.

/// Words that stay together although they change their case in between.
const TOGETHER: [(&str, &str); 4] = [
    ("idPOAuth", "idpOauth"),
    ("OAuth", "Oauth"),
    ("oAuth", "oauth"),
    ("CName", "Cname"),
];

/// The words of a name in lower case, whatever divides them.
fn words(name: &str) -> Vec<String> {
    let mut name = name.to_owned();
    for (apart, together) in TOGETHER {
        name = name.replace(apart, together);
    }
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (at, c) in characters.iter().enumerate() {
        let next_is_lower = characters.get(at + 1).is_some_and(|next| next.is_lowercase());
        let previous = at.checked_sub(1).map(|before| characters[before]);
        let starts = c.is_uppercase()
            && previous.is_some_and(|previous| {
                previous.is_lowercase() || previous.is_numeric() || (previous.is_uppercase() && next_is_lower)
            });
        if (starts || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `getUserOauthAccessToken` as `get_user_oauth_access_token`.
pub(crate) fn snake(name: &str) -> String {
    words(name)
        .join("_")
        .replace("m2_m", "m2m")
        .replace("ur_ls", "urls")
}

/// With a capital letter at the start.
pub(crate) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first + characters.as_str()
}

/// `api_key` as `ApiKey`.
pub(crate) fn pascal(name: &str) -> String {
    snake(name).split('_').map(capital).collect()
}

/// A name as it may stand for a field or an argument.
pub(crate) fn field(name: &str) -> String {
    let name = snake(name);
    if matches!(name.as_str(), "type" | "use" | "enum" | "ref" | "match" | "move") {
        format!("r#{name}")
    } else {
        name
    }
}

/// A name as people would say it.
pub(crate) fn spoken(name: &str) -> String {
    let spoken: Vec<String> = snake(name)
        .split('_')
        .map(|word| known(word).to_owned())
        .collect();
    spoken.join(" ")
}

fn known(word: &str) -> &str {
    match word {
        "id" => "id",
        "api" => "API",
        "url" => "URL",
        "urls" => "URLs",
        "uri" => "URI",
        "uris" => "URIs",
        "oauth" => "OAuth",
        "oidc" => "OIDC",
        "saml" => "SAML",
        "scim" => "SCIM",
        "sso" => "SSO",
        "idp" => "identity provider",
        "acs" => "ACS",
        "sp" => "service provider",
        "jwt" => "JWT",
        "jwks" => "JWKS",
        "totp" => "TOTP",
        "mfa" => "MFA",
        "pkce" => "PKCE",
        "ip" => "IP",
        "m2m" => "machine-to-machine",
        "svix" => "Svix",
        "clerk" => "Clerk",
        "cname" => "CNAME",
        "email" => "e-mail",
        "ttl" => "lifetime",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_divided_into_words() {
        for (name, snaked, pascaled) in [
            ("getUser", "get_user", "GetUser"),
            ("verifyTOTP", "verify_totp", "VerifyTotp"),
            ("disableUserMFA", "disable_user_mfa", "DisableUserMfa"),
            (
                "idPOAuthAccessToken",
                "idp_oauth_access_token",
                "IdpOauthAccessToken",
            ),
            (
                "getUserOauthAccessToken",
                "get_user_oauth_access_token",
                "GetUserOauthAccessToken",
            ),
            (
                "ListOAuthApplications",
                "list_oauth_applications",
                "ListOauthApplications",
            ),
            (
                "RotateSCIMDirectoryAPIKey",
                "rotate_scim_directory_api_key",
                "RotateScimDirectoryApiKey",
            ),
            ("createM2MToken", "create_m2m_token", "CreateM2mToken"),
            ("ListRedirectURLs", "list_redirect_urls", "ListRedirectUrls"),
            (
                "adminPortalLinkTokenID",
                "admin_portal_link_token_id",
                "AdminPortalLinkTokenId",
            ),
            ("CommercePlan-2", "commerce_plan_2", "CommercePlan2"),
            ("payer-credits", "payer_credits", "PayerCredits"),
            ("last4", "last4", "Last4"),
            ("Web3Wallet", "web3_wallet", "Web3Wallet"),
        ] {
            assert_eq!(snake(name), snaked);
            assert_eq!(pascal(name), pascaled);
        }
    }
}

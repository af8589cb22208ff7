use clerk_runtime::{Clerk, ClerkBuilder, ConfigError};

const PUBLISHABLE_KEY: &str = "pk_test_aGFwcHktb3R0ZXItNDIuY2xlcmsuYWNjb3VudHMuZGV2JA";
const PRODUCTION_KEY: &str = "pk_live_Y2xlcmsuZXhhbXBsZS5vcmck";

fn from_variables(variables: &[(&'static str, &str)]) -> Result<Clerk, ConfigError> {
    let find = |name: &str| {
        variables
            .iter()
            .find(|(found, _)| *found == name)
            .map(|(_, value)| (*value).to_owned())
    };
    ClerkBuilder::from_variables(|name| Ok(find(name)))?.build()
}

fn error(variables: &[(&'static str, &str)]) -> String {
    from_variables(variables).unwrap_err().to_string()
}

#[test]
fn what_is_missing_or_malformed_is_named_with_its_fix() {
    let publishable = ("CLERK_PUBLISHABLE_KEY", PUBLISHABLE_KEY);
    let secret = ("CLERK_SECRET_KEY", "sk_test_planted");
    for (variables, wanted) in [
        (&[][..], ["CLERK_PUBLISHABLE_KEY", "not set", "dashboard"]),
        (
            &[("CLERK_PUBLISHABLE_KEY", "  ")],
            ["CLERK_PUBLISHABLE_KEY", "not set", "dashboard"],
        ),
        (
            &[("CLERK_PUBLISHABLE_KEY", "sk_test_planted")],
            ["CLERK_PUBLISHABLE_KEY", "publishable key", "pk_test_"],
        ),
        (&[publishable], ["CLERK_SECRET_KEY", "not set", "CLERK_JWT_KEY"]),
        (
            &[publishable, ("CLERK_SECRET_KEY", "sk_test_plan ted")],
            ["CLERK_SECRET_KEY", "secret key", "sk_test_"],
        ),
        (
            &[publishable, ("CLERK_JWT_KEY", "planted")],
            ["CLERK_JWT_KEY", "PEM", "BEGIN PUBLIC KEY"],
        ),
        (
            &[
                publishable,
                ("CLERK_JWT_KEY", "-----BEGIN PRIVATE KEY-----planted"),
            ],
            ["CLERK_JWT_KEY", "private key", "public key"],
        ),
        (
            &[publishable, secret, ("CLERK_API_URL", "http://api.clerk.com")],
            ["CLERK_API_URL", "https", "loopback"],
        ),
        (
            &[publishable, secret, ("CLERK_API_VERSION", "../v2")],
            ["CLERK_API_VERSION", "version", "v1"],
        ),
        (
            &[
                publishable,
                secret,
                ("CLERK_AUTHORIZED_PARTIES", "https://a.test,,"),
            ],
            ["CLERK_AUTHORIZED_PARTIES", "empty", "origins"],
        ),
        (
            &[publishable, secret, ("CLERK_AUDIENCE", ",")],
            ["CLERK_AUDIENCE", "empty", "whole values"],
        ),
        (
            &[publishable, secret, ("CLERK_CLOCK_SKEW_IN_MS", "5s")],
            ["CLERK_CLOCK_SKEW_IN_MS", "milliseconds", "5000"],
        ),
        (
            &[
                ("CLERK_PUBLISHABLE_KEY", PRODUCTION_KEY),
                ("CLERK_SECRET_KEY", "sk_live_planted"),
            ],
            ["CLERK_AUTHORIZED_PARTIES", "origins", "any_authorized_party"],
        ),
    ] {
        let error = error(variables);
        for word in wanted {
            assert!(error.contains(word), "{error:?} does not say {word:?}");
        }
        assert!(!error.contains("planted"), "{error:?} shows a secret");
    }
}

#[test]
fn what_is_enough_builds_without_io() {
    let secret = ("CLERK_SECRET_KEY", "sk_test_x");
    let parties = (
        "CLERK_AUTHORIZED_PARTIES",
        "https://app.example.org, https://admin.example.org",
    );
    from_variables(&[("CLERK_PUBLISHABLE_KEY", PUBLISHABLE_KEY), secret]).unwrap();
    let live_secret = ("CLERK_SECRET_KEY", "sk_live_x");
    from_variables(&[("CLERK_PUBLISHABLE_KEY", PRODUCTION_KEY), live_secret, parties]).unwrap();
    let any = Clerk::builder()
        .publishable_key(PRODUCTION_KEY)
        .secret_key("sk_live_x")
        .any_authorized_party();
    any.build().unwrap();
}

/// Each value names its variable, its kind and the fix. `planted` marks what no message may repeat.
#[test]
fn values_that_cannot_work_are_named_by_variable_kind_and_fix() {
    const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.cGxhbnRlZA.cGxhbnRlZA";
    const PEM: &str = "-----BEGIN PUBLIC KEY-----\nplanted\n-----END PUBLIC KEY-----";
    const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----";
    const SECRET: &str = "copy the secret key";
    const PUBLISHABLE: &str = "copy the publishable key";
    const MACHINE: &str = "copy the machine's secret key";
    const PUBLIC: &str = "copy the JWKS public key";
    const QUOTES: &str = "leave the quotes out";
    for (variable, value, kind, fix) in [
        (
            "CLERK_SECRET_KEY",
            "pk_live_planted",
            "a publishable key (`pk_live_…`)",
            SECRET,
        ),
        (
            "CLERK_SECRET_KEY",
            "ak_planted",
            "a machine secret key or an API key (`ak_…`)",
            SECRET,
        ),
        (
            "CLERK_SECRET_KEY",
            "whsec_planted",
            "a webhook signing secret (`whsec_…`)",
            SECRET,
        ),
        ("CLERK_SECRET_KEY", JWT, "a JWT", SECRET),
        ("CLERK_SECRET_KEY", PEM, "a PEM public key", SECRET),
        ("CLERK_SECRET_KEY", PRIVATE, "a PEM private key", SECRET),
        (
            "CLERK_SECRET_KEY",
            "/run/secrets/planted",
            "a path to a file",
            SECRET,
        ),
        ("CLERK_SECRET_KEY", "https://planted", "a URL", SECRET),
        ("CLERK_SECRET_KEY", "ins_planted", "an id", SECRET),
        ("CLERK_SECRET_KEY", "sk_test_...", "a placeholder", SECRET),
        ("CLERK_SECRET_KEY", "sk_test_…", "a placeholder", SECRET),
        ("CLERK_SECRET_KEY", "sk_test_xxxxx", "a placeholder", SECRET),
        ("CLERK_SECRET_KEY", "YOUR_SECRET_KEY", "a placeholder", SECRET),
        ("CLERK_SECRET_KEY", "<secret>", "a placeholder", SECRET),
        ("CLERK_SECRET_KEY", "changeme", "a placeholder", SECRET),
        ("CLERK_SECRET_KEY", "sk_test_****", "shown in part", "copy button"),
        (
            "CLERK_SECRET_KEY",
            "\"sk_test_planted\"",
            "a value in quotes",
            QUOTES,
        ),
        (
            "CLERK_SECRET_KEY",
            "'sk_test_planted'",
            "a value in quotes",
            QUOTES,
        ),
        (
            "CLERK_SECRET_KEY",
            "CLERK_SECRET_KEY=sk_test_planted",
            "name before it",
            "leave the name out",
        ),
        (
            "CLERK_SECRET_KEY",
            "${PLANTED_planted}",
            "was not replaced",
            "write the value",
        ),
        ("CLERK_SECRET_KEY", "sk_test_plan ted", "white space", SECRET),
        ("CLERK_SECRET_KEY", "sk_test_pla\nnted", "white space", SECRET),
        (
            "CLERK_PUBLISHABLE_KEY",
            "sk_live_planted",
            "a secret key (`sk_live_…`)",
            PUBLISHABLE,
        ),
        (
            "CLERK_PUBLISHABLE_KEY",
            "whsec_planted",
            "a webhook signing secret",
            PUBLISHABLE,
        ),
        (
            "CLERK_PUBLISHABLE_KEY",
            "pk_test_...",
            "a placeholder",
            PUBLISHABLE,
        ),
        (
            "CLERK_PUBLISHABLE_KEY",
            "\"pk_test_planted\"",
            "a value in quotes",
            QUOTES,
        ),
        (
            "CLERK_MACHINE_SECRET_KEY",
            "sk_test_planted",
            "a secret key (`sk_test_…`)",
            MACHINE,
        ),
        ("CLERK_MACHINE_SECRET_KEY", "ak_xxxx", "a placeholder", MACHINE),
        ("CLERK_JWT_KEY", "sk_test_planted", "a secret key", PUBLIC),
        ("CLERK_JWT_KEY", "pk_test_planted", "a publishable key", PUBLIC),
        ("CLERK_JWT_KEY", JWT, "a JWT", PUBLIC),
        (
            "CLERK_JWT_KEY",
            "{\"kty\":\"RSA\",\"n\":\"planted\"}",
            "a key in JSON",
            PUBLIC,
        ),
        ("CLERK_JWT_KEY", "./planted.pem", "a path to a file", PUBLIC),
        (
            "CLERK_JWT_KEY",
            "https://planted/.well-known/jwks.json",
            "a URL",
            PUBLIC,
        ),
        (
            "CLERK_JWT_KEY",
            "\"-----BEGIN PUBLIC KEY-----planted\"",
            "a value in quotes",
            QUOTES,
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "https://a.test,https://b.test/",
            ", entry 2, holds a URL that ends in a slash",
            "write `https://b.test`",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "https://A.test",
            "upper-case",
            "write `https://a.test`",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "https://a.test:443",
            "default port",
            "write `https://a.test`",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "https://a.test/app",
            "a path",
            "write `https://a.test`",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "a.test",
            "without a scheme",
            "with its scheme",
        ),
        ("CLERK_AUTHORIZED_PARTIES", "*", "a wildcard", "list each origin"),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "[\"https://a.test\",\"https://b.test\"]",
            "a list in JSON",
            "separated by commas",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "\"https://a.test,https://b.test\"",
            "a value in quotes",
            QUOTES,
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "https://a.test https://b.test",
            "white space",
            "by commas",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "https://a.test,null",
            "sandboxed pages",
            "list the origins",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "file://",
            "local files",
            "list the origins",
        ),
        (
            "CLERK_AUTHORIZED_PARTIES",
            "sk_test_planted",
            "a secret key",
            "write an origin",
        ),
        (
            "CLERK_ISSUERS",
            "https://clerk.a.test/",
            "ends in a slash",
            "write `https://clerk.a.test`",
        ),
        (
            "CLERK_ISSUERS",
            "clerk.a.test",
            "without a scheme",
            "https://clerk.example.com",
        ),
        ("CLERK_AUDIENCE", "\"api\"", "a value in quotes", QUOTES),
        (
            "CLERK_AUDIENCE",
            "[\"api\"]",
            "a list in JSON",
            "without brackets",
        ),
        (
            "CLERK_PROXY_URL",
            "a.test/__clerk",
            "without a scheme",
            "https://example.com/__clerk",
        ),
        (
            "CLERK_PROXY_URL",
            "ftp://a.test",
            "another scheme",
            "https://example.com/__clerk",
        ),
        ("CLERK_PROXY_URL", "'https://a.test'", "a value in quotes", QUOTES),
        ("CLERK_DOMAIN", "https://a.test", "a URL", "satellite.example"),
        ("CLERK_DOMAIN", "a.test/b", "a path", "satellite.example"),
        (
            "CLERK_SIGN_IN_URL",
            "\"https://a.test/in\"",
            "a value in quotes",
            QUOTES,
        ),
        ("CLERK_SIGN_UP_URL", "a.test/up", "without a scheme", "/sign-in"),
        (
            "CLERK_API_URL",
            "\"https://api.clerk.com\"",
            "a value in quotes",
            QUOTES,
        ),
        (
            "CLERK_CLOCK_SKEW_IN_MS",
            "5",
            "a number of seconds",
            "for 5 seconds write 5000",
        ),
        (
            "CLERK_CLOCK_SKEW_IN_MS",
            "60",
            "a number of seconds",
            "for 60 seconds write 60000",
        ),
    ] {
        let mut variables = vec![
            ("CLERK_PUBLISHABLE_KEY", PUBLISHABLE_KEY),
            ("CLERK_SECRET_KEY", "sk_test_good"),
        ];
        variables.retain(|(name, _)| *name != variable);
        variables.push((variable, value));
        let error = from_variables(&variables).unwrap_err();
        assert_eq!(error.code(), "config-wrong-value", "{variable} {value}: {error}");
        let text = error.to_string();
        for words in [variable, kind, fix] {
            assert!(
                text.contains(words),
                "{variable} {value}: {text:?} does not say {words:?}"
            );
        }
        assert!(!text.contains("planted") && !text.contains("cGxhb"), "{text}");
        assert_eq!(format!("{error:?}"), text, "main() prints Debug");
    }
}

#[test]
fn lists_are_checked_that_come_from_code_too() {
    let builder = || {
        Clerk::builder()
            .publishable_key(PUBLISHABLE_KEY)
            .secret_key("sk_test_1")
    };
    let code = |builder: ClerkBuilder| builder.build().err().map(|error| error.to_string());
    for (error, setting) in [
        (
            code(builder().authorized_parties(["https://a.test/"])),
            "CLERK_AUTHORIZED_PARTIES, entry 1,",
        ),
        (
            code(builder().authorized_parties([""])),
            "CLERK_AUTHORIZED_PARTIES, entry 1, holds an empty value",
        ),
        (
            code(builder().authorized_parties(["https://a.test,https://b.test"])),
            "several values in one",
        ),
        (
            code(builder().allowed_redirect_origins(["a.test"])),
            "allowed_redirect_origins, entry 1,",
        ),
        (
            code(builder().issuers(["https://a.test/"])),
            "CLERK_ISSUERS, entry 1,",
        ),
        (code(builder().audience(["'a'"])), "CLERK_AUDIENCE, entry 1,"),
        (
            code(builder().oauth_resource("api.test")),
            "oauth_resource holds an address without a scheme",
        ),
    ] {
        assert!(
            error.as_ref().is_some_and(|error| error.contains(setting)),
            "{error:?}"
        );
    }
    for party in [
        "http://localhost:3000",
        "chrome-extension://abc",
        "capacitor://localhost",
        "tauri://localhost",
    ] {
        assert_eq!(code(builder().authorized_parties([party])), None);
    }
    let skew = builder().clock_skew_in_ms(1).build();
    assert!(skew.is_ok(), "its name has the unit: {skew:?}");
}

#[test]
fn keys_of_two_instances_are_refused() {
    let parties = ("CLERK_AUTHORIZED_PARTIES", "https://a.test");
    for (publishable, secret) in [
        (PRODUCTION_KEY, "sk_test_planted"),
        (PUBLISHABLE_KEY, "sk_live_planted"),
    ] {
        let keys = [
            ("CLERK_PUBLISHABLE_KEY", publishable),
            ("CLERK_SECRET_KEY", secret),
            parties,
        ];
        let error = from_variables(&keys).unwrap_err();
        assert_eq!(error.code(), "config-two-instances");
        let text = error.to_string();
        for words in [
            "CLERK_PUBLISHABLE_KEY",
            "CLERK_SECRET_KEY",
            "development",
            "production",
            "one instance",
        ] {
            assert!(text.contains(words), "{text}");
        }
        assert!(!text.contains("planted"));
    }
}

#[test]
fn settings_that_contradict_each_other_are_refused_alike() {
    let builder = || {
        Clerk::builder()
            .publishable_key(PUBLISHABLE_KEY)
            .secret_key("sk_test_1")
    };
    for (builder, one, other) in [
        (
            builder().issuers(["https://a.test"]).any_issuer(),
            "issuers",
            "any_issuer",
        ),
        (
            builder().any_issuer().issuers(["https://a.test"]),
            "issuers",
            "any_issuer",
        ),
        (
            builder()
                .authorized_parties(["https://a.test"])
                .any_authorized_party(),
            "authorized_parties",
            "any_authorized_party",
        ),
        (
            builder()
                .any_authorized_party()
                .authorized_parties(["https://a.test"]),
            "authorized_parties",
            "any_authorized_party",
        ),
        (builder().without_secret_key(), "secret_key", "without_secret_key"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.code(), "config-contradiction");
        assert_eq!(
            error.to_string(),
            format!("`{one}` and `{other}` contradict each other: leave one of them out")
        );
    }
    // What says nothing contradicts nothing.
    let none: [&str; 0] = [];
    let silent = builder()
        .issuers(none)
        .any_issuer()
        .authorized_parties(none)
        .any_authorized_party();
    assert!(silent.build().is_ok());
}

#[test]
fn a_switch_is_on_or_off() {
    let keys = [
        ("CLERK_PUBLISHABLE_KEY", PUBLISHABLE_KEY),
        ("CLERK_SECRET_KEY", "sk_test_1"),
    ];
    for (value, is_good) in [
        ("false", true),
        ("0", true),
        ("FALSE", true),
        ("yes", false),
        ("\"true\"", false),
    ] {
        let built = from_variables(&[keys[0], keys[1], ("CLERK_IS_SATELLITE", value)]);
        assert_eq!(built.is_ok(), is_good, "{value}: {built:?}");
    }
}

#[test]
fn handles_can_be_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Clerk>();
    shared::<clerk_runtime::Auth>();
    shared::<clerk_runtime::client::Client>();
}

#[test]
fn numbers_out_of_their_range_are_refused() {
    use std::time::Duration;

    use clerk_runtime::{ClerkBuilder, JwksPolicy};

    let days = |days: u64| Duration::from_secs(days * 86_400);
    let policy = JwksPolicy::default;
    type Change = fn(ClerkBuilder) -> ClerkBuilder;
    let too_much: [(&str, Change); 4] = [
        ("clock_skew_in_ms", |builder| builder.clock_skew_in_ms(i64::MAX)),
        ("clock_skew_in_ms", |builder| builder.clock_skew_in_ms(-300_001)),
        ("verified_token_cache", |builder| {
            builder.verified_token_cache(usize::MAX)
        }),
        ("template_token_cache", |builder| {
            builder.template_token_cache(usize::MAX)
        }),
    ];
    let policies = [
        ("fresh_for", policy().fresh_for(Duration::MAX)),
        ("stale_for", policy().stale_for(days(2))),
        ("cool_down", policy().cool_down(Duration::MAX)),
        ("backoff", policy().backoff(days(1))),
        ("refresh_after", policy().refresh_after(Duration::ZERO)),
        ("wait_for_keys", policy().wait_for_keys(Duration::ZERO)),
        ("wait_for_keys", policy().wait_for_keys(Duration::from_secs(61))),
    ];
    let builder = || {
        Clerk::builder()
            .publishable_key("pk_test_Y2xlcmsuZXhhbXBsZS5vcmck")
            .secret_key("sk_test_1")
    };
    let changed = too_much.map(|(setting, change)| (setting, change(builder())));
    let with_policy = policies.map(|(setting, policy)| (setting, builder().jwks_policy(policy)));
    for (setting, builder) in changed.into_iter().chain(with_policy) {
        let error = builder.build().unwrap_err();
        assert_eq!(error.code(), "config-out-of-range", "{setting}");
        let text = error.to_string();
        assert!(text.contains(setting) && text.contains("it has to be"), "{text}");
    }
    // The ends of the ranges, and a refresh that is switched off.
    let widest = policy()
        .fresh_for(Duration::from_secs(3600))
        .stale_for(days(1))
        .cool_down(Duration::from_secs(300))
        .backoff(Duration::from_secs(30))
        .refresh_after(Duration::MAX)
        .wait_for_keys(Duration::from_secs(60));
    for skew in [-300_000, 300_000] {
        let built = builder().clock_skew_in_ms(skew).jwks_policy(widest).build();
        assert!(built.is_ok(), "{built:?}");
    }
}

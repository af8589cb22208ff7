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
            &[("CLERK_PUBLISHABLE_KEY", PRODUCTION_KEY), secret],
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
    from_variables(&[("CLERK_PUBLISHABLE_KEY", PRODUCTION_KEY), secret, parties]).unwrap();
    let any = Clerk::builder()
        .publishable_key(PRODUCTION_KEY)
        .secret_key("sk_live_x")
        .any_authorized_party();
    any.build().unwrap();
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

//! Counters of what was verified, refused and fetched.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_runtime::Clerk;
use clerk_testing::{Endpoint, Fault, LocalInstance};
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

/// Keeps counters and gauges by their name and labels; of a gauge the bits.
#[derive(Default)]
struct Counters(Mutex<BTreeMap<String, Arc<AtomicU64>>>);

impl Counters {
    fn all(&self) -> BTreeMap<String, u64> {
        let counters = self.0.lock().unwrap();
        let loaded = counters
            .iter()
            .map(|(name, count)| (name.clone(), count.load(Ordering::SeqCst)));
        loaded.collect()
    }

    fn of(&self, key: &Key) -> Arc<AtomicU64> {
        let labels: Vec<String> = key
            .labels()
            .map(|label| format!(" {}={}", label.key(), label.value()))
            .collect();
        let name = format!("{}{}", key.name(), labels.concat());
        Arc::clone(self.0.lock().unwrap().entry(name).or_default())
    }
}

impl Recorder for Counters {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.of(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.of(key))
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

/// What is counted while a future runs.
fn counted(future: impl Future<Output = ()>) -> BTreeMap<String, u64> {
    let counters = Counters::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    metrics::with_local_recorder(&counters, || runtime.block_on(future));
    counters.all()
}

async fn authenticate(clerk: &Clerk, authorization: &str) {
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts
        .headers
        .insert("authorization", authorization.parse().unwrap());
    let _ = clerk.authenticate(&parts).await.unwrap();
}

#[test]
fn what_is_verified_and_refused_is_counted() {
    let mut counted = counted(async {
        let instance = LocalInstance::start().await.unwrap();
        let clerk = instance.clerk();
        let ada = instance.user("ada").bearer();
        let forged = instance.user("ada").signed_by_other_key().bearer();
        let expired = instance.user("ada").expired().bearer();
        for bearer in [&ada, &ada, &ada, &forged, &expired, &"Bearer".to_owned()] {
            authenticate(&clerk, bearer).await;
        }
    });
    let expected = [
        ("clerk_requests_rejected_total reason=session-token-expired", 1),
        ("clerk_requests_rejected_total reason=token-invalid", 1),
        ("clerk_requests_rejected_total reason=token-invalid-signature", 1),
        ("clerk_tokens_verified_total signature=checked", 1),
        ("clerk_tokens_verified_total signature=remembered", 2),
    ];
    counted.retain(|name, _| !name.contains("jwks"));
    assert_eq!(
        counted,
        expected.map(|(name, count)| (name.to_owned(), count)).into()
    );
}

#[test]
fn as_many_tokens_are_remembered_as_there_is_room_for() {
    let counted = counted(async {
        let instance = LocalInstance::start().await.unwrap();
        let clerk = instance.clerk_builder().verified_token_cache(64 << 10).build();
        let clerk = clerk.unwrap();
        let bearers: Vec<_> = (0..200)
            .map(|number| instance.user(format!("user{number}")).bearer())
            .collect();
        for bearer in bearers.iter().chain(&bearers) {
            authenticate(&clerk, bearer).await;
        }
    });
    // A token has about 700 bytes and takes some two thousand with what is known of it.
    let remembered = counted["clerk_tokens_verified_total signature=remembered"];
    assert!((8..=48).contains(&remembered), "{remembered}");
}

#[test]
fn fetches_of_the_keys_are_counted_and_their_age_can_be_told() {
    let loaded_at = 1_767_225_600;
    let mut counted = counted(async {
        let instance = LocalInstance::start().await.unwrap();
        instance.clock().set_unix_millis(loaded_at * 1000);
        instance.clock().freeze();
        let clerk = instance.clerk();
        let ada = instance.user("ada").bearer();
        instance.fault(Endpoint::Jwks, Fault::Status(503));
        authenticate(&clerk, &ada).await;
        instance.clear_faults();
        instance.advance(Duration::from_secs(10));
        authenticate(&clerk, &ada).await;
        let unknown = instance.user("ada").header("kid", "ins_unknown").bearer();
        instance.advance(Duration::from_secs(10));
        authenticate(&clerk, &unknown).await;
    });
    let gauge = counted.remove("clerk_jwks_loaded_timestamp_seconds");
    assert_eq!(gauge.map(f64::from_bits), Some(loaded_at as f64 + 20.0));
    counted.retain(|name, _| name.contains("jwks"));
    let expected = [
        ("clerk_jwks_fetches_total cause=start outcome=failed", 1),
        ("clerk_jwks_fetches_total cause=start outcome=loaded", 1),
        ("clerk_jwks_fetches_total cause=unknown-kid outcome=loaded", 1),
    ];
    assert_eq!(
        counted,
        expected.map(|(name, count)| (name.to_owned(), count)).into()
    );
}

#[test]
fn calls_about_credentials_are_counted_by_their_kind_and_outcome() {
    let now = 1_767_225_600;
    let mut counted = counted(async {
        let instance = LocalInstance::start().await.unwrap();
        instance.clock().set_unix_millis(now * 1000);
        instance.clock().freeze();
        let clerk = instance.clerk();
        let any = |token: String| {
            let (mut parts, ()) = http::Request::new(()).into_parts();
            let authorization = format!("Bearer {token}").parse().unwrap();
            parts.headers.insert("authorization", authorization);
            let clerk = clerk.clone();
            async move {
                let accepts = clerk_runtime::token::AcceptsToken::ANY;
                let _ = clerk.authenticate(&parts).accepts(accepts).await.unwrap();
            }
        };
        let good = instance.api_key("ada").secret();
        any(good.clone()).await;
        any(good).await;
        for number in 0..40 {
            any(format!("mt_{number}")).await;
        }
        any("mt_0".to_owned()).await;
        instance.advance(Duration::from_secs(1));
        instance.fault(Endpoint::OauthTokens, Fault::StatusWithRetryAfter(429, 30));
        any("oat_1".to_owned()).await;
        any("oat_2".to_owned()).await;
    });
    let closed = counted.remove("clerk_calls_closed_until_timestamp_seconds budget=unknown");
    assert_eq!(closed.map(f64::from_bits), Some(now as f64 + 31.0));
    counted.retain(|name, _| name.contains("calls"));
    let expected = [
        ("kind=api-key budget=reserved outcome=made", 1),
        ("kind=api-key budget=unknown outcome=made", 1),
        ("kind=m2m-token budget=unknown outcome=kept", 1),
        ("kind=m2m-token budget=unknown outcome=made", 29),
        ("kind=m2m-token budget=unknown outcome=rate", 11),
        ("kind=oauth-token budget=unknown outcome=closed", 1),
        ("kind=oauth-token budget=unknown outcome=made", 1),
    ];
    let expected = expected.map(|(labels, count)| (format!("clerk_calls_total {labels}"), count));
    assert_eq!(counted, expected.into());
}

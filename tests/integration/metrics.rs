//! Counters of what was verified and refused.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use clerk_testing::LocalInstance;
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

/// Keeps counters by their name and labels.
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
}

impl Recorder for Counters {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels: Vec<String> = key
            .labels()
            .map(|label| format!("{}={}", label.key(), label.value()))
            .collect();
        let name = format!("{} {}", key.name(), labels.join(" "));
        let mut counters = self.0.lock().unwrap();
        Counter::from_arc(Arc::clone(counters.entry(name).or_default()))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[test]
fn what_is_verified_and_refused_is_counted() {
    let counters = Counters::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    metrics::with_local_recorder(&counters, || {
        runtime.block_on(async {
            let instance = LocalInstance::start().await.unwrap();
            let clerk = instance.clerk();
            let ada = instance.user("ada").bearer();
            let forged = instance.user("ada").signed_by_other_key().bearer();
            let expired = instance.user("ada").expired().bearer();
            for bearer in [&ada, &ada, &ada, &forged, &expired, &"Bearer".to_owned()] {
                let (mut parts, ()) = http::Request::new(()).into_parts();
                parts.headers.insert("authorization", bearer.parse().unwrap());
                clerk.authenticate_request(&parts).await.unwrap();
            }
        });
    });
    let expected = [
        ("clerk_requests_rejected_total reason=session-token-expired", 1),
        ("clerk_requests_rejected_total reason=token-invalid", 1),
        ("clerk_requests_rejected_total reason=token-invalid-signature", 1),
        ("clerk_tokens_verified_total signature=checked", 1),
        ("clerk_tokens_verified_total signature=remembered", 2),
    ];
    let mut counted = counters.all();
    counted.retain(|name, _| !name.contains("jwks"));
    assert_eq!(
        counted,
        expected.map(|(name, count)| (name.to_owned(), count)).into()
    );
}

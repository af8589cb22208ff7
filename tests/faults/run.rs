//! The course of a run.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clerk_runtime::JwksPolicy;
use clerk_runtime::clock::SystemClock;
use clerk_testing::{Endpoint, LocalInstance};

use crate::Options;
use crate::application::Application;
use crate::events::Fetches;
use crate::fault::Kind;
use crate::report::{Held, Report};
use crate::resources::resident_kib;
use crate::tally::Tally;
use crate::tokens::Tokens;
use crate::traffic::Sender;

/// Good requests come from so many, each with this pause.
const SENDERS: usize = 4;
const PAUSE: Duration = Duration::from_millis(10);
/// Fetches that hang are given up after five seconds.
const SETTLE: Duration = Duration::from_secs(6);

pub(crate) fn run(options: Options) -> Report {
    let fetches = Fetches::default();
    tracing::subscriber::set_global_default(fetches.clone()).expect("the only subscriber");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let instance = runtime.block_on(LocalInstance::start()).expect("an instance");
    let scaled = |seconds: u64| Duration::from_secs(seconds) / options.scale;
    let policy = JwksPolicy::default()
        .fresh_for(scaled(300))
        .stale_for(scaled(3600))
        .cool_down(scaled(10))
        .backoff(scaled(1));
    let clerk = instance
        .clerk_builder()
        .jwks_policy(policy)
        // Exact to the nanosecond, as the moments have to be that a withdrawn key is judged by.
        .clock(SystemClock)
        .build()
        .expect("a handle");
    let started = Instant::now();
    let application = Application::start(clerk.clone());
    let tally = Arc::new(Tally::new());
    let tokens = Arc::new(Tokens::new(&instance));
    let sender = Sender::new(clerk, tokens, Arc::clone(&tally), application.address);
    let (start, end) = runtime.block_on(async {
        spawn_all(&sender);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let start = held(&application);
        phases(&sender, &instance, options).await;
        let withdrawn_in_time = withdrawn_key_is_refused(&sender, &instance, scaled(300)).await;
        tally.hostile(
            "key withdrawn five minutes ago",
            if withdrawn_in_time { 401 } else { 200 },
        );
        tokio::time::sleep(SETTLE).await;
        tally.upstream(instance.requests_to(Endpoint::Jwks));
        (start, held(&application))
    });
    let report = Report {
        elapsed: started.elapsed(),
        scale: options.scale,
        seen: tally.seen(),
        fetches: fetches.counts(),
        upstream_requests: instance.requests_to(Endpoint::Jwks),
        start,
        end,
    };
    application.stop();
    runtime.shutdown_background();
    report
}

fn spawn_all(sender: &Sender) {
    for _ in 0..SENDERS {
        tokio::spawn(sender.clone().good(PAUSE));
    }
    tokio::spawn(sender.clone().unknown_kids());
    tokio::spawn(sender.clone().bad_signatures());
    tokio::spawn(sender.clone().retired_keys());
}

fn held(application: &Application) -> Held {
    Held {
        resident_kib: resident_kib(),
        tasks: application.alive_tasks(),
    }
}

/// A calm phase and a faulty one for each fault. Keys rotate in both.
async fn phases(sender: &Sender, instance: &LocalInstance, options: Options) {
    let pair = options.time / u32::try_from(Kind::FAULTS.len()).unwrap_or(1);
    for kind in Kind::FAULTS {
        calm(sender, instance).await;
        tokio::time::sleep(pair * 2 / 5).await;
        enter(sender, instance, Kind::Preparation);
        rotate(sender, instance);
        enter(sender, instance, kind);
        tokio::time::sleep(pair * 3 / 10).await;
        sender.tally.enter_second_half();
        tokio::time::sleep(pair * 3 / 10).await;
    }
    calm(sender, instance).await;
}

/// Clerk is well again. Waits until the application has the key that is signed with, and withdraws the former one.
async fn calm(sender: &Sender, instance: &LocalInstance) {
    enter(sender, instance, Kind::Calm);
    hand_over(sender, instance).await;
}

fn enter(sender: &Sender, instance: &LocalInstance, kind: Kind) {
    sender.tally.upstream(instance.requests_to(Endpoint::Jwks));
    kind.strike(instance);
    sender.tally.enter(kind);
}

/// Searching for primes takes a while, during which others should go on.
fn rotate(sender: &Sender, instance: &LocalInstance) {
    tokio::task::block_in_place(|| sender.tokens.rotate(instance));
}

async fn hand_over(sender: &Sender, instance: &LocalInstance) {
    let healthy_since = Instant::now();
    if sender.tokens.new_one().is_none() {
        sender.tally.enter(Kind::Preparation);
        rotate(sender, instance);
        sender.tally.enter(Kind::Calm);
    }
    let Some((new, published)) = sender.tokens.new_one() else {
        return;
    };
    // A fetch that hangs and the longest backoff, and some seconds for a machine that has other things to do.
    let patience = Instant::now() + Duration::from_secs(40);
    while sender.status(&new).await != 200 && Instant::now() < patience {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    sender.tally.new_key_took(published.max(healthy_since).elapsed());
    tokio::task::block_in_place(|| sender.tokens.retire(instance));
}

/// With Clerk in good health a key that was withdrawn is refused after five minutes at the latest.
async fn withdrawn_key_is_refused(sender: &Sender, instance: &LocalInstance, limit: Duration) -> bool {
    hand_over(sender, instance).await;
    let Some((bearer, retired_at)) = sender.tokens.retired() else {
        return false;
    };
    tokio::time::sleep_until((retired_at + limit).into()).await;
    sender.status(&bearer).await == 401
}

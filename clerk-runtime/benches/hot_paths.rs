//! What every request goes through, piece by piece: `cargo bench -p clerk-runtime`.

use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use clerk_runtime::token::UnverifiedJwt;
use clerk_runtime::{Auth, Clerk, Requirement};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{HeaderName, Request};

mod fixed;

criterion_group!(hot_paths, parser, evaluator, bearer, cookies);
criterion_main!(hot_paths);

fn parser(criterion: &mut Criterion) {
    let token = fixed::tokens()[0];
    let mut group = criterion.benchmark_group("parser");
    group.throughput(Throughput::Bytes(token.len() as u64));
    group.bench_function("token", |bencher| {
        bencher.iter(|| UnverifiedJwt::parse(black_box(token)).is_ok());
    });
    let cut_short = &token[..token.len() - 1];
    group.bench_function("cut short", |bencher| {
        bencher.iter(|| UnverifiedJwt::parse(black_box(cut_short)).is_ok());
    });
    group.bench_function("garbage", |bencher| {
        bencher.iter(|| UnverifiedJwt::parse(black_box("not.a.token")).is_ok());
    });
    group.finish();
}

fn evaluator(criterion: &mut Criterion) {
    let clerk = fixed::clerk();
    let auth = signed_in(&clerk, &bearer_request(fixed::tokens()[0]));
    let mut group = criterion.benchmark_group("evaluator");
    let role = Requirement::role("org:admin");
    let permission = Requirement::permission("org:reports:read");
    let denied = Requirement::permission("org:reports:write");
    let alternatives = [
        denied,
        Requirement::All(&[role, permission, Requirement::plan("org:pro")]),
    ];
    for (name, requirement, has) in [
        ("role", role, true),
        ("permission", permission, true),
        ("permission that is missing", denied, false),
        (
            "any of two, one of them three",
            Requirement::Any(&alternatives),
            true,
        ),
    ] {
        assert_eq!(auth.has(requirement), has, "{name}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(&auth).has(black_box(requirement)))
        });
    }
    group.finish();
}

fn bearer(criterion: &mut Criterion) {
    let tokens = fixed::tokens();
    let clerk = fixed::clerk();
    let mut group = criterion.benchmark_group("authenticate_request");
    let seen = bearer_request(tokens[0]);
    let _ = signed_in(&clerk, &seen);
    group.bench_function("bearer, seen before", |bencher| {
        bencher.iter(|| authenticate(&clerk, &seen));
    });
    group.bench_function("bearer, first look", |bencher| {
        // A handle of its own has seen nothing.
        let fresh = || (fixed::clerk(), bearer_request(tokens[1]));
        let look = |(clerk, request): (Clerk, Parts)| {
            let authenticated = authenticate(&clerk, &request);
            (clerk, request, authenticated)
        };
        bencher.iter_batched(fresh, look, BatchSize::SmallInput);
    });
    let without = Request::new(()).into_parts().0;
    group.bench_function("without a token", |bencher| {
        bencher.iter(|| authenticate(&clerk, &without));
    });
    group.finish();
}

/// By whole requests: the parser of cookies is no part of the API.
fn cookies(criterion: &mut Criterion) {
    let token = fixed::tokens()[0];
    let clerk = fixed::clerk();
    let mut group = criterion.benchmark_group("cookies");
    for (name, size) in [("those of Clerk", 0), ("2.2 kB", 2200), ("8 kB", 8000)] {
        let all = fixed::cookies(token, size);
        let request = request(COOKIE, &all);
        let _ = signed_in(&clerk, &request);
        group.throughput(Throughput::Bytes(all.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| authenticate(&clerk, &request)));
    }
    group.finish();
}

fn bearer_request(token: &str) -> Parts {
    request(AUTHORIZATION, &format!("Bearer {token}"))
}

fn request(name: HeaderName, value: &str) -> Parts {
    let request = Request::get("http://localhost:3000/")
        .header(name, value)
        .body(());
    request.expect("the header is fit for a request").into_parts().0
}

fn signed_in(clerk: &Clerk, request: &Parts) -> Auth {
    let auth = authenticate(clerk, request);
    assert!(auth.is_authenticated(), "{auth:?}");
    auth
}

fn authenticate(clerk: &Clerk, request: &Parts) -> Auth {
    let state = at_once(clerk.authenticate(black_box(request)).into_future());
    state.expect("the configuration is right").to_auth()
}

/// Nothing here waits: the keys are configured and nobody else runs.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a request had to wait"),
    }
}

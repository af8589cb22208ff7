//! The crates as a stranger would use them, over HTTP and in process.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod addresses;
mod backends;
mod call;
mod configuration;
mod cross_site;
mod extractors;
mod get_token;
mod guard;
mod handshakes;
mod hostile_requests;
mod hostile_tokens;
mod keys;
mod layer;
mod machines;
mod memo;
mod metrics;
mod outbound;
mod reachability;
mod refresh;
mod runtimes;
mod sharing;
mod suspension;
mod tossed_cookies;
mod transports;
mod visitor;
mod wire;
mod without_http;

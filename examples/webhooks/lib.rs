//! Nothing lives here: run `cargo run --example webhooks`.

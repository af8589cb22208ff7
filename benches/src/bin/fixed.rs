//! Writes the instance with fixed tokens that the in-crate benchmarks and `.ci/instructions` work with.

use std::error::Error;
use std::fs;

use benches::setup::member_of_acme;
use clerk_testing::LocalInstance;

/// The moment at which `clerk-runtime/benches/fixed/mod.rs` stops the clock, in milliseconds since 1970.
const NOW: i64 = 1_767_225_600_000;
/// One to warm up with, and enough for the two runs of `.ci/instructions`.
const TOKENS: usize = 17;
const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../clerk-runtime/benches/fixed/instance.txt"
);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let instance = LocalInstance::start().await?;
    let clock = instance.clock();
    clock.freeze();
    clock.set_unix_millis(NOW);
    let mut text = format!("{}\n{}", instance.publishable_key(), instance.jwt_key());
    for index in 0..TOKENS {
        let user = instance.user(format!("user{index:02}"));
        let token = member_of_acme(user).token();
        text += &format!("{token}\n");
    }
    fs::write(FILE, text)?;
    Ok(())
}

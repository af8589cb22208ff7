use clerk_runtime::{Clerk, GuardedRouter};

async fn not_found() -> &'static str {
    "nothing here"
}

fn main() {
    let _: GuardedRouter<Clerk> = GuardedRouter::new().fallback(not_found);
}

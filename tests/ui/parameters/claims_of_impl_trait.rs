use clerk_runtime::{Claims, protected};

#[protected]
async fn handler(claims: Claims<impl Send>) { let _ = claims; }

fn main() {}

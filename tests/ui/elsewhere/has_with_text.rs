use clerk_runtime::{SessionAuth, protected};

#[protected]
async fn me(auth: SessionAuth) -> String {
    auth.has("org:admin").to_string()
}

fn main() {}

use axum::extract::rejection::StringRejection;
use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, protected};

#[protected]
async fn handler(uid: Result<String, StringRejection>) { let _ = uid; }

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}

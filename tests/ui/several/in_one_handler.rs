use axum::routing::{MethodRouter, get};
use clerk_runtime::{Clerk, UserId, protected};

#[protected(role = "org:admin", colour)]
fn handler(user_id: &mut UserId, #[auth(sesion_id)] session: &str, usr_id: String) -> String {
    format!("{user_id} {session} {usr_id}")
}

fn main() {
    let _: MethodRouter<Clerk> = get(handler);
}

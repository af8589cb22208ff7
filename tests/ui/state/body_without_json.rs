use clerk_runtime::{Clerk, UserId, protected};

#[derive(serde::Deserialize)]
struct Item {
    name: String,
}

#[protected(state = Clerk)]
async fn me(user_id: UserId, item: Item) -> String {
    format!("{user_id}{}", item.name)
}

fn main() {}

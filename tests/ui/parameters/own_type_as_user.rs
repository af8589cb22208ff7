use clerk_runtime::protected;

struct Account;

#[protected]
async fn handler(user_id: Account) { let _ = user_id; }

fn main() {}

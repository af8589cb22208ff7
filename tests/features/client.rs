use clerk_runtime::Clerk;

async fn names(clerk: Clerk) {
    let users = clerk.client().users();
}

fn main() {}

use clerk_runtime::{Auth, Guard, UserId, protected};

#[protected]
async fn me(user_id: UserId) -> String {
    user_id.into()
}

async fn test(auth: Auth) {
    me(Guard::for_test(auth).unwrap()).await;
}

fn main() {}

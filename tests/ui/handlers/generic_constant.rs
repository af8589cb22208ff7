use clerk_runtime::authorize::Permission;
use clerk_runtime::{handlers, protected};

trait Keys {
    const READ: Permission<'static>;
}

struct Handlers<T>(T);

#[handlers]
impl<T: Keys> Handlers<T> {
    #[protected(permission = T::READ)]
    async fn handler() {}
}

fn main() {}

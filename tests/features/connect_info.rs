use std::net::SocketAddr;

use clerk_runtime::GuardedRouter;

fn main() {
    let app: GuardedRouter = GuardedRouter::without_clerk();
    app.into_make_service_with_connect_info::<SocketAddr>();
}

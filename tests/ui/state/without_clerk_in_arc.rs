use clerk_runtime::protected;

use std::sync::Arc;

struct App;

#[protected(state = Arc<App>)]
async fn handler() {}

fn main() {}

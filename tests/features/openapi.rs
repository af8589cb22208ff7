use clerk_runtime::openapi::routes;

fn main() {}

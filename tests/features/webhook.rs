use clerk_runtime::webhook::Webhook;

fn main() {}

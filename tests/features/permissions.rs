clerk_runtime::permissions! { pub Perm { Read = "org:invoices:read" } }

fn main() {}

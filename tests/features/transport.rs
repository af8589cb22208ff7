use clerk_runtime::Clerk;

fn main() {
    let _ = Clerk::builder().transport(());
}

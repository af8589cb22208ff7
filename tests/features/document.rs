use clerk_runtime::{Clerk, GuardedRouter};

fn main() {
    let table = GuardedRouter::<Clerk>::new().access_table();
    table.document(&mut ());
}

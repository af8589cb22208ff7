//! What compiling the client of the Backend API takes by itself, its dependencies not counted, beside clerk-rs.

use std::error::Error;
use std::path::Path;

use benches::measure::{Target, median};

use crate::package::Package;

const CLIENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../clerk-client");
const ROUNDS: usize = 3;

struct Contestant {
    title: &'static str,
    /// As the package manager knows it.
    library: &'static str,
    package: Package,
    crates: usize,
    check: Vec<f64>,
    build: Vec<f64>,
}

pub(crate) fn compile(folder: &Path) -> Result<Vec<Target>, Box<dyn Error>> {
    let ours = |features: &str| format!("clerk-client = {{ path = {CLIENT:?}{features} }}\n");
    let mut contestants = Vec::new();
    for (name, title, library, dependency) in [
        (
            "client-default",
            "clerk-client, default",
            "clerk-client",
            ours(""),
        ),
        (
            "client-full",
            "clerk-client, full",
            "clerk-client",
            ours(", features = [\"full\"]"),
        ),
        (
            "client-clerk-rs",
            "clerk-rs 0.5, default",
            "clerk-rs",
            "clerk-rs = \"0.5\"\n".to_owned(),
        ),
    ] {
        let mut package = Package::write(folder, name, &dependency, "lib.rs", "")?;
        // Much of what they depend on is the same.
        package.target = folder.join("target");
        package.resolve()?;
        package.cargo_cpu(&["check"])?;
        package.cargo_cpu(&["build"])?;
        contestants.push(Contestant {
            title,
            library,
            crates: package.crates()?,
            package,
            check: Vec::new(),
            build: Vec::new(),
        });
    }
    for round in 0..ROUNDS {
        let count = contestants.len();
        contestants.rotate_left(round % count);
        for contestant in &mut contestants {
            let check = contestant.own("check")?;
            contestant.check.push(check);
            let build = contestant.own("build")?;
            contestant.build.push(build);
        }
        contestants.rotate_right(round % count);
    }
    println!("Compiling a client by itself, CPU s, medians of {ROUNDS} rounds");
    println!(
        "{:<24} {:>7} {:>14} {:>12}",
        "", "crates", "cargo check", "dev build"
    );
    for contestant in &contestants {
        println!(
            "{:<24} {:>7} {:>14.2} {:>12.2}",
            contestant.title,
            contestant.crates,
            median(contestant.check.iter().copied()),
            median(contestant.build.iter().copied()),
        );
    }
    println!();
    // Of rounds, so that a busy moment meets both sides.
    let ratio = |of: fn(&Contestant) -> &Vec<f64>, at: usize| {
        let pairs = of(&contestants[at]).iter().zip(of(&contestants[2]));
        median(pairs.map(|(ours, theirs): (&f64, &f64)| ours / theirs))
    };
    Ok(vec![
        Target::at_most(
            "check of clerk-client, default / clerk-rs",
            0.25,
            ratio(|one| &one.check, 0),
        ),
        Target::at_most(
            "check of clerk-client, full / clerk-rs",
            0.25,
            ratio(|one| &one.check, 1),
        ),
        Target::at_most(
            "build of clerk-client, default / clerk-rs",
            0.25,
            ratio(|one| &one.build, 0),
        ),
        Target::at_most(
            "build of clerk-client, full / clerk-rs",
            0.25,
            ratio(|one| &one.build, 1),
        ),
    ])
}

impl Contestant {
    /// What the library takes when everything else is compiled: what Cargo itself takes is measured too, and left out.
    fn own(&self, command: &str) -> Result<f64, Box<dyn Error>> {
        self.package.cargo(&["clean", "--offline", "-p", self.library])?;
        let both = self.package.cargo_cpu(&[command, "-p", self.library])?;
        let cargo_itself = self.package.cargo_cpu(&[command, "-p", self.library])?;
        Ok(both - cargo_itself)
    }
}

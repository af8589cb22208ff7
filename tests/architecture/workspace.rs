//! The check over the real sources.

use std::fs;
use std::path::Path;

use crate::sources::Sources;
use crate::{check, layers, proofs};

/// The crates of the page, with what each has at least: files and imports. A check that sees less has lost its way.
const CRATES: [(&str, usize, usize); 5] = [
    ("clerk-runtime", 100, 300),
    ("clerk-macros", 20, 70),
    ("clerk-client", 200, 700),
    ("clerk-testing", 50, 200),
    ("xtask", 8, 40),
];

#[test]
fn the_sources_keep_to_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let all = layers::read(&page);
    let listed: Vec<&str> = all.iter().map(|layers| layers.name.as_str()).collect();
    let names = CRATES.map(|(name, ..)| name);
    assert_eq!(
        listed, names,
        "`## Layers` has one `###` for each of these crates"
    );
    let proofs = proofs::read(&page, names[0]);
    assert!(!proofs.is_empty(), "`## Proofs` lists types");
    for proof in &proofs {
        let known = names.contains(&proof.crate_name.as_str());
        assert!(
            known,
            "`## Proofs` has a `###` that is no crate: {}",
            proof.crate_name
        );
    }
    let mut problems = Vec::new();
    for (layers, (name, files, imports)) in all.iter().zip(CRATES) {
        let sources = Sources::read(root, name);
        let report = check::check(&sources, layers, &proofs);
        assert!(
            sources.files.len() >= files,
            "{name} has only {} files",
            sources.files.len()
        );
        assert!(
            report.imports >= imports,
            "{name} has only {} imports",
            report.imports
        );
        problems.extend(report.problems);
    }
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(
        lines.is_empty(),
        "{} problems; ARCHITECTURE.md says what the layers and proofs are for\n\n{}\n",
        lines.len(),
        lines.join("\n")
    );
}

//! All checks over one crate.

use crate::layers::Layers;
use crate::problem::Problem;
use crate::proofs::Proof;
use crate::resolve::Resolver;
use crate::sources::{Modules, Sources};
use crate::{circles, constructions, imports, mentions};

/// What was found in a crate, and how much was looked at.
pub(crate) struct Report {
    pub(crate) problems: Vec<Problem>,
    pub(crate) imports: usize,
}

/// Checks a crate by its layers and by those proofs that are types of it.
pub(crate) fn check(sources: &Sources, layers: &Layers, proofs: &[Proof]) -> Report {
    let modules = Modules::follow(sources);
    let resolver = Resolver::new(&modules);
    let mentions = mentions::of_modules(&modules);
    let imports = imports::of_mentions(&resolver, &mentions);
    let mut problems = Vec::new();
    for (place, name) in &modules.missing {
        problems.push(Problem {
            place: place.clone(),
            what: format!("the file of `mod {name}` was not found"),
            fix: "keep the file below `src`".to_owned(),
        });
    }
    for file in modules.unreached() {
        problems.push(Problem {
            place: sources.place(file, 1),
            what: "no `mod` leads here".to_owned(),
            fix: "declare the module, or delete the file".to_owned(),
        });
    }
    problems.extend(layers.check_list(sources));
    problems.extend(layers.climbs(sources, &imports));
    let graph = circles::graph(sources, &imports, |path| layers.unit(path));
    problems.extend(circles::problems(sources, &circles::circles(&graph)));
    for proof in proofs.iter().filter(|proof| proof.crate_name == sources.name) {
        problems.extend(constructions::check(&resolver, &mentions, proof));
    }
    Report {
        problems,
        imports: imports.len(),
    }
}

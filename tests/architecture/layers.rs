//! The order of the layers, and imports that go against it.

use crate::imports::Import;
use crate::page::{ListItem, Part, before_dash, quoted, section};
use crate::problem::Problem;
use crate::sources::Sources;

const PAGE: &str = "ARCHITECTURE.md";
/// What an item says of generated code.
const ONE_UNIT: &str = "(generated, one unit)";

/// The layers of one crate, bottom first.
#[derive(Debug)]
pub(crate) struct Layers {
    pub(crate) name: String,
    /// The line of the crate's heading.
    line: usize,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    line: usize,
    paths: Vec<String>,
    one_unit: bool,
}

/// Reads the section `## Layers` of the page: all crates in it.
pub(crate) fn read(page: &str) -> Vec<Layers> {
    let Some(parts) = section(page, "Layers") else {
        return Vec::new();
    };
    parts
        .into_iter()
        .filter(|part| !part.heading.is_empty())
        .map(Layers::read)
        .collect()
}

impl Layers {
    fn read(part: Part) -> Self {
        let layer = |item: &ListItem| {
            let (listed, _) = before_dash(&item.text);
            Layer {
                line: item.line,
                paths: quoted(listed).into_iter().map(str::to_owned).collect(),
                one_unit: item.text.contains(ONE_UNIT),
            }
        };
        Self {
            name: part.heading,
            line: part.line,
            layers: part.items.iter().map(layer).collect(),
        }
    }

    /// Finds the layer of a file by the longest path that it is at or in.
    fn of_file(&self, path: &str) -> Option<(usize, &str)> {
        let mut best: Option<(usize, &str)> = None;
        for (number, layer) in self.layers.iter().enumerate() {
            for listed in &layer.paths {
                let longer = best.is_none_or(|(_, best)| listed.len() > best.len());
                if matches(listed, path) && longer {
                    best = Some((number, listed));
                }
            }
        }
        best
    }

    /// The unit that a file belongs to: itself, or the folder of generated code that it is in.
    pub(crate) fn unit(&self, path: &str) -> String {
        match self.of_file(path) {
            Some((number, listed)) if self.layers[number].one_unit => listed.to_owned(),
            _ => path.to_owned(),
        }
    }

    /// Compares the list with the files: each file is in one layer, and each path is a file's or a folder's.
    pub(crate) fn check_list(&self, sources: &Sources) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut at = |line: usize, what: String, fix: &str| {
            problems.push(Problem {
                place: format!("{PAGE}:{line}"),
                what,
                fix: fix.to_owned(),
            });
        };
        for (number, layer) in self.layers.iter().enumerate() {
            if layer.paths.is_empty() {
                at(
                    layer.line,
                    format!("the layer {} of {} lists no path", number + 1, self.name),
                    "begin the item with paths in backticks, then a dash",
                );
            }
            for (index, path) in layer.paths.iter().enumerate() {
                let earlier = self.layers[..number].iter().flat_map(|layer| &layer.paths);
                if earlier.chain(&layer.paths[..index]).any(|other| other == path) {
                    at(
                        layer.line,
                        format!("`{path}` of {} is listed twice", self.name),
                        "leave it in one layer",
                    );
                }
                if !sources.files.iter().any(|file| matches(path, &file.path)) {
                    at(
                        layer.line,
                        format!("`{path}` is neither a file nor a folder of {}", self.name),
                        "correct the path, or take it off the list",
                    );
                }
            }
        }
        let unlisted = sources
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| self.of_file(&file.path).is_none());
        for (file, _) in unlisted {
            problems.push(Problem {
                place: sources.place(file, 1),
                what: "is in no layer".to_owned(),
                fix: format!("add it to a layer of {} at {PAGE}:{}", self.name, self.line),
            });
        }
        problems
    }

    /// Finds the imports from a layer further up.
    pub(crate) fn climbs(&self, sources: &Sources, imports: &[Import]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for import in imports {
            let path = |file: usize| sources.files[file].path.as_str();
            let (Some((from, from_path)), Some((to, to_path))) =
                (self.of_file(path(import.from)), self.of_file(path(import.to)))
            else {
                continue;
            };
            if from < to {
                let what = format!(
                    "layer {} (`{from_path}`) imports `{}` from {} in layer {} (`{to_path}`)",
                    from + 1,
                    import.written,
                    path(import.to),
                    to + 1,
                );
                problems.push(Problem {
                    place: sources.place(import.from, import.line),
                    what,
                    fix: format!(
                        "move `{}` down, move what needs it up, or hand it in from above",
                        import.item
                    ),
                });
            }
        }
        problems
    }
}

fn matches(listed: &str, path: &str) -> bool {
    listed == path || (listed.ends_with('/') && path.starts_with(listed))
}

//! Files that import each other, directly or around several corners.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::imports::Import;
use crate::problem::Problem;
use crate::sources::Sources;

/// The imports between units, by the unit that imports and the one that defines.
pub(crate) type Graph<'i> = BTreeMap<String, BTreeMap<String, Vec<&'i Import>>>;

/// Files that reach one another.
pub(crate) struct Circle<'i> {
    /// All units of it.
    pub(crate) units: BTreeSet<String>,
    /// The shortest way around, each unit with the one it imports from.
    pub(crate) shortest: Vec<(String, String, &'i Import)>,
}

/// Joins the imports of files into those of units.
pub(crate) fn graph<'i>(
    sources: &Sources,
    imports: &'i [Import],
    unit: impl Fn(&str) -> String,
) -> Graph<'i> {
    let mut graph = Graph::new();
    for import in imports {
        let [from, to] = [import.from, import.to].map(|file| unit(&sources.files[file].path));
        if from != to {
            graph.entry(from).or_default().entry(to).or_default().push(import);
        }
    }
    graph
}

/// Finds the strongly connected components of more than one unit.
pub(crate) fn circles<'i>(graph: &Graph<'i>) -> Vec<Circle<'i>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = graph
        .keys()
        .map(|unit| (unit.as_str(), reached(graph, unit)))
        .collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut circles = Vec::new();
    for (unit, targets) in &reach {
        if seen.contains(unit) || !targets.contains(unit) {
            continue;
        }
        let back = |target: &&&str| reach.get(**target).is_some_and(|back| back.contains(unit));
        let units: BTreeSet<&str> = targets.iter().filter(back).copied().collect();
        seen.extend(&units);
        circles.push(Circle {
            shortest: shortest(graph, &units),
            units: units.into_iter().map(str::to_owned).collect(),
        });
    }
    circles
}

fn reached<'g>(graph: &'g Graph<'_>, start: &str) -> BTreeSet<&'g str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(unit) = open.pop() {
        for target in graph.get(unit).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(target.as_str()) {
                open.push(target);
            }
        }
    }
    reached
}

fn shortest<'i>(graph: &Graph<'i>, units: &BTreeSet<&str>) -> Vec<(String, String, &'i Import)> {
    units
        .iter()
        .filter_map(|start| way_back(graph, units, start))
        .min_by_key(Vec::len)
        .unwrap_or_default()
}

/// Goes from a unit back to itself, breadth first.
fn way_back<'i>(
    graph: &Graph<'i>,
    units: &BTreeSet<&str>,
    start: &str,
) -> Option<Vec<(String, String, &'i Import)>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(unit) = open.pop_front() {
        let targets = graph.get(unit).into_iter().flat_map(BTreeMap::keys);
        for target in targets.filter(|target| units.contains(target.as_str())) {
            if target == start {
                let mut way = vec![(unit, start)];
                let mut unit = unit;
                while unit != start {
                    let previous = came_from[unit];
                    way.push((previous, unit));
                    unit = previous;
                }
                way.reverse();
                let step = |(from, to): (&str, &str)| (from.to_owned(), to.to_owned(), graph[from][to][0]);
                return Some(way.into_iter().map(step).collect());
            }
            if !came_from.contains_key(target.as_str()) {
                came_from.insert(target, unit);
                open.push_back(target);
            }
        }
    }
    None
}

/// Describes each circle by its shortest way around.
pub(crate) fn problems(sources: &Sources, circles: &[Circle<'_>]) -> Vec<Problem> {
    let describe = |circle: &Circle<'_>| {
        let mut what = format!(
            "{} files import one another; the shortest circle:",
            circle.units.len()
        );
        for (from, to, import) in &circle.shortest {
            what += &format!(
                "\n    {}: {from} imports `{}` from {to}",
                sources.place(import.from, import.line),
                import.written,
            );
        }
        what += &format!(
            "\n    all of them: {}",
            circle.units.iter().cloned().collect::<Vec<_>>().join(", ")
        );
        let place = circle
            .shortest
            .first()
            .map_or_else(String::new, |(_, _, import)| {
                sources.place(import.from, import.line)
            });
        Problem {
            place,
            what,
            fix: "move what both sides need into a file that imports neither, or hand it in as an argument"
                .to_owned(),
        }
    };
    circles.iter().map(describe).collect()
}

//! How far apart two names are, for "did you mean".

/// The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` ("optimal string
/// alignment"), without regard to case.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// The candidate that `name` was probably meant to be, in `camelCase` too. Short candidates allow fewer mistakes: `path` is no `auth`.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let is_camel_case = name.contains(char::is_uppercase);
    candidates
        .into_iter()
        .map(|candidate| {
            let written = if is_camel_case {
                candidate.replace('_', "")
            } else {
                candidate.to_owned()
            };
            (distance(name, &written), candidate)
        })
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 3).min(2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

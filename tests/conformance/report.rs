//! One row per group.

use std::collections::BTreeMap;
use std::fmt;

use crate::case::Case;
use crate::judge::Verdict;

#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<(&'static str, Row)>,
    left_out: Vec<&'static str>,
    wrong: Vec<String>,
}

#[derive(Debug, Default)]
struct Row {
    identical: usize,
    stricter: usize,
    lifted: usize,
    wrong: usize,
    by: BTreeMap<String, usize>,
}

impl Report {
    fn row(&mut self, group: &'static str) -> &mut Row {
        let at = self
            .rows
            .iter()
            .position(|(name, _)| *name == group)
            .unwrap_or_else(|| {
                self.rows.push((group, Row::default()));
                self.rows.len() - 1
            });
        &mut self.rows[at].1
    }

    pub(crate) fn add(&mut self, group: &'static str, case: &Case, verdict: Verdict) {
        let row = self.row(group);
        match verdict {
            Verdict::Identical => row.identical += 1,
            Verdict::Stricter(ids) => {
                row.stricter += 1;
                ids.into_iter().for_each(|id| *row.by.entry(id).or_default() += 1);
            }
            Verdict::Lifted(ids) => {
                row.lifted += 1;
                ids.into_iter().for_each(|id| *row.by.entry(id).or_default() += 1);
            }
            Verdict::Wrong(texts) => {
                row.wrong += 1;
                self.wrong.push(format!(
                    "{} ({})\n    {}",
                    case.id,
                    case.about,
                    texts.join("\n    ")
                ));
            }
        }
    }

    /// A request before the one that a case is about: it counts only if it is wrong.
    pub(crate) fn add_earlier(&mut self, group: &'static str, earlier: &Case, verdict: Verdict) {
        if matches!(verdict, Verdict::Wrong(_)) {
            self.add(group, earlier, verdict);
        }
    }

    pub(crate) fn leave_out(&mut self, group: &'static str) {
        self.left_out.push(group);
    }

    pub(crate) fn judged(&self) -> usize {
        self.rows.iter().map(|(_, row)| row.judged()).sum()
    }

    pub(crate) fn wrong(&self) -> &[String] {
        &self.wrong
    }
}

impl Row {
    fn judged(&self) -> usize {
        self.identical + self.stricter + self.lifted + self.wrong
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for wrong in &self.wrong {
            writeln!(f, "wrong: {wrong}")?;
        }
        writeln!(
            f,
            "{:<15} {:>6} {:>9} {:>8} {:>6} {:>5}  by",
            "group", "total", "identical", "stricter", "lifted", "wrong"
        )?;
        for (group, row) in &self.rows {
            let by: Vec<String> = row.by.iter().map(|(id, count)| format!("{id} {count}")).collect();
            writeln!(
                f,
                "{group:<15} {:>6} {:>9} {:>8} {:>6} {:>5}  {}",
                row.judged(),
                row.identical,
                row.stricter,
                row.lifted,
                row.wrong,
                by.join(", ")
            )?;
        }
        if !self.left_out.is_empty() {
            writeln!(
                f,
                "left out by CLERK_VECTORS_GROUPS: {}",
                self.left_out.join(", ")
            )?;
        }
        Ok(())
    }
}

//! The parts of `ARCHITECTURE.md` that are read by the check: lists under headings.

/// An item of a list, with its continuation lines.
#[derive(Clone, Debug)]
pub(crate) struct ListItem {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// The lists under one `###` heading; those before the first have an empty heading.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) heading: String,
    pub(crate) line: usize,
    pub(crate) items: Vec<ListItem>,
}

/// Reads the lists of one `##` section.
pub(crate) fn section(page: &str, heading: &str) -> Option<Vec<Part>> {
    let mut parts: Option<Vec<Part>> = None;
    // Whether the line before belongs to an item.
    let mut in_item = false;
    for (index, raw) in page.lines().enumerate() {
        let line = index + 1;
        let text = raw.trim();
        if let Some(title) = raw.strip_prefix("## ") {
            if parts.is_some() {
                break;
            }
            if title.trim() == heading {
                parts = Some(vec![Part::new("", line)]);
            }
            continue;
        }
        let Some(parts) = &mut parts else { continue };
        if let Some(title) = raw.strip_prefix("### ") {
            parts.push(Part::new(title.trim().trim_matches('`'), line));
            in_item = false;
        } else if text.is_empty() {
            in_item = false;
        } else if let Some(part) = parts.last_mut() {
            if let Some(text) = marked(raw) {
                let text = text.to_owned();
                part.items.push(ListItem { line, text });
                in_item = true;
            } else if let (true, Some(item)) = (in_item, part.items.last_mut()) {
                item.text.push(' ');
                item.text.push_str(text);
            }
        }
    }
    parts
}

impl Part {
    fn new(heading: &str, line: usize) -> Self {
        Self {
            heading: heading.to_owned(),
            line,
            items: Vec::new(),
        }
    }
}

/// What stands behind the mark of a list item: `1. `, `- ` or `* `.
fn marked(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|char: char| char.is_ascii_digit());
    if rest.len() < line.len() {
        return rest.strip_prefix(". ").map(str::trim);
    }
    line.strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .map(str::trim)
}

/// The texts in backticks.
pub(crate) fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Divides an item at its dash into what it lists and the prose about it.
pub(crate) fn before_dash(text: &str) -> (&str, &str) {
    let dash = [" - ", " – ", " — "]
        .iter()
        .filter_map(|dash| Some((text.find(dash)?, dash.len())))
        .min();
    match dash {
        Some((at, length)) => (&text[..at], &text[at + length..]),
        None => (text, ""),
    }
}

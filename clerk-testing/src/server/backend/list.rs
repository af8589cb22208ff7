//! Lists: order, pages and the two forms that answers have.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::body::value_invalid;
use super::call::Outcome;
use crate::params::Params;
use crate::server::answer::ApiError;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    limit: usize,
    pub(super) offset: usize,
}

impl Page {
    /// Up to 500 with ten as default.
    pub(super) fn of(query: &Params) -> Result<Self, ApiError> {
        Self::up_to(500, query)
    }

    pub(super) fn up_to(most: usize, query: &Params) -> Result<Self, ApiError> {
        let limit = number(query, "limit")?.unwrap_or(10);
        if !(1..=most).contains(&limit) {
            return Err(value_invalid(
                "limit",
                &format!("a whole number from 1 to {most}"),
            ));
        }
        let offset = number(query, "offset")?.unwrap_or(0);
        Ok(Self { limit, offset })
    }

    pub(super) fn cut(self, all: Vec<Value>) -> Vec<Value> {
        all.into_iter().skip(self.offset).take(self.limit).collect()
    }
}

fn number(query: &Params, name: &str) -> Result<Option<usize>, ApiError> {
    let parse = |text: &str| text.parse().map_err(|_| value_invalid(name, "a whole number"));
    query.first(name).map(parse).transpose()
}

/// `{"data": […], "total_count": n}`
pub(super) fn envelope(all: Vec<Value>, page: Page) -> Outcome {
    let total_count = all.len();
    Ok(json!({ "data": page.cut(all), "total_count": total_count }).into())
}

/// The same if `paginated=true` was sent, otherwise a bare array.
pub(super) fn envelope_if_paginated(all: Vec<Value>, query: &Params) -> Outcome {
    let page = Page::of(query)?;
    if query.first("paginated") == Some("true") {
        envelope(all, page)
    } else {
        Ok(Value::Array(page.cut(all)).into())
    }
}

/// How a list is to be ordered: by one of the fields that can be ordered by, and in which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order<'a> {
    pub(super) field: &'a str,
    is_descending: bool,
}

impl<'a> Order<'a> {
    /// Of the parameter `order_by`; the newest first without it.
    pub(super) fn of(query: &'a Params, fields: &[&str]) -> Result<Self, ApiError> {
        let text = query.first("order_by").unwrap_or("-created_at");
        // An unencoded plus is a space in a query.
        let (field, is_descending) = match text.strip_prefix('-') {
            Some(field) => (field, true),
            None => (text.strip_prefix(['+', ' ']).unwrap_or(text), false),
        };
        if fields.contains(&field) {
            Ok(Self { field, is_descending })
        } else {
            Err(value_invalid(
                "order_by",
                &format!("one of {}", fields.join(", ")),
            ))
        }
    }

    /// Orders a list whose oldest are first, which decides among equals.
    pub(super) fn apply(self, all: &mut [Value], key: impl Fn(&Value, &str) -> Value) {
        all.sort_by_cached_key(|item| Key(key(item, self.field)));
        if self.is_descending {
            all.reverse();
        }
    }
}

/// Whether the parameter `query` is a part of one of these members, without regard to case, or the whole id. Parts of ids
/// would find things by chance.
pub(super) fn is_found(item: &Value, query: &Params, names: &[&str]) -> bool {
    let Some(query) = query.first("query") else {
        return true;
    };
    let part = query.to_lowercase();
    let text = |name: &str| item[name].as_str().unwrap_or_default();
    text("id") == query || names.iter().any(|name| text(name).to_lowercase().contains(&part))
}

/// The member of that name, which is what most lists are ordered by.
pub(super) fn member(item: &Value, field: &str) -> Value {
    item.get(field).cloned().unwrap_or_default()
}

/// Numbers by value, texts without regard to case; what is missing comes first.
struct Key(Value);

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Value::Number(one), Value::Number(two)) => {
                let (one, two) = (one.as_f64().unwrap_or(0.0), two.as_f64().unwrap_or(0.0));
                one.total_cmp(&two)
            }
            (Value::String(one), Value::String(two)) => one.to_lowercase().cmp(&two.to_lowercase()),
            (one, two) => rank(one).cmp(&rank(two)),
        }
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Number(_) => 1,
        Value::String(_) => 2,
        _ => 0,
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_limits() {
        let page = |query: &str| Page::of(&Params::parse(query));
        assert_eq!(page("").unwrap(), Page { limit: 10, offset: 0 });
        assert_eq!(
            page("limit=500&offset=3").unwrap(),
            Page {
                limit: 500,
                offset: 3
            }
        );
        for bad in [
            "limit=0",
            "limit=501",
            "limit=-1",
            "limit=x",
            "limit=",
            "offset=-1",
            "offset=1.5",
        ] {
            assert_eq!(page(bad).unwrap_err().code, "form_param_value_invalid", "{bad}");
        }
        assert!(Page::up_to(100, &Params::parse("limit=101")).is_err());
        let all = (0..5).map(Value::from).collect();
        assert_eq!(page("limit=2&offset=4").unwrap().cut(all), [4]);
    }

    #[test]
    fn things_are_found_by_parts_of_names_and_by_whole_ids() {
        let item = json!({ "id": "org_abc", "name": "Acme Inc.", "slug": null });
        let found = |query: &str| is_found(&item, &Params::parse(query), &["name", "slug"]);
        for query in ["", "query=", "query=ME+i", "query=org_abc"] {
            assert!(found(query), "{query}");
        }
        for query in ["query=abc", "query=ORG_ABC", "query=acmes"] {
            assert!(!found(query), "{query}");
        }
    }

    #[test]
    fn orders_name_a_field_and_a_direction() {
        let ordered = |order_by: &str| {
            let params = Params::parse(order_by);
            let mut all = [
                json!({ "n": 2, "s": "b" }),
                json!({ "n": 1 }),
                json!({ "n": 2, "s": "A" }),
            ];
            Order::of(&params, &["n", "s", "created_at"])
                .unwrap()
                .apply(&mut all, member);
            all.map(|item| item["s"].as_str().unwrap_or("-").to_owned())
                .concat()
        };
        assert_eq!(ordered("order_by=n"), "-bA");
        assert_eq!(ordered("order_by=-n"), "Ab-");
        assert_eq!(ordered("order_by=%2Bs"), "-Ab");
        assert_eq!(ordered("order_by=+s"), "-Ab");
        assert_eq!(ordered(""), "A-b", "the newest first");
        assert!(Order::of(&Params::parse("order_by=x"), &["n"]).is_err());
    }
}

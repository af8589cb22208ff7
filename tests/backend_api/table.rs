//! The table of the API, as it is checked in.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

const OPERATIONS: &str = include_str!("../../xtask/api/operations.tsv");
const SCHEMAS: &str = include_str!("../../xtask/api/schemas.json");

/// A row, by the heads of its columns; `-` is empty.
pub(crate) struct Operation(BTreeMap<&'static str, &'static str>);

impl Operation {
    pub(crate) fn id(&self) -> &'static str {
        self.cell("operation_id")
    }

    pub(crate) fn cell(&self, column: &str) -> &'static str {
        match self.0[column] {
            "-" => "",
            cell => cell,
        }
    }
}

pub(crate) fn operations() -> Vec<Operation> {
    let mut lines = OPERATIONS.lines();
    let heads: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let operations: Vec<_> = lines
        .map(|line| Operation(heads.iter().copied().zip(line.split('\t')).collect()))
        .collect();
    assert_eq!(operations.len(), 249);
    operations
}

pub(crate) fn schemas() -> Map<String, Value> {
    let document: Value = serde_json::from_str(SCHEMAS).unwrap();
    document["schemas"].as_object().unwrap().clone()
}

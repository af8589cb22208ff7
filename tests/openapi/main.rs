//! Who may call what, in OpenAPI documents.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod described;
mod example;
mod forms;
mod sides;
mod support;
mod table;
mod validator;

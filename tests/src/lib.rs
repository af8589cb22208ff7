//! Nothing lives here but the README, whose examples are compiled and run as documentation tests.
#![cfg_attr(doctest, doc = include_str!("../../README.md"))]

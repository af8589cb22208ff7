//! An application with pages in a real browser: headless Chromium, driven over WebDriver.
//!
//! Without Chromium and its driver these tests say so and pass, except where `CI` is set.
#![allow(missing_docs, reason = "a test binary has no readers of its documentation")]

mod application;
mod browser;
mod production;
mod sessions;

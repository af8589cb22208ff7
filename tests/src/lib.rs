//! Nothing lives here: the tests are under `tests/`.

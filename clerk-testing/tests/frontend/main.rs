//! The Frontend API of an instance, and what of the Backend API goes with it, as bytes on the wire.

mod development;
mod machine_tokens;
mod pages;
mod production;
mod refresh;
mod wire;

//! Chapter 2: what a correct implementation of its ideas must hold.

mod broadcasting;
mod contiguity;
mod indexing;
mod page;
mod products;
mod reductions;
mod refusals;
#[path = "../support/mod.rs"]
mod refused;
mod sums;
mod support;
mod views;

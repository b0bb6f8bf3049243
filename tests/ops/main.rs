//! The operations: values worked by hand, kinks, what is not a number, extremes, what is
//! copied and what is kept. The gradients themselves are checked in `tests/03_autograd/`.

mod cases;
mod elementwise;
mod error_function;
mod losses;
mod normal;
mod not_a_number;
mod reductions;
mod refusals;
mod shapes;
mod softmax;
mod support;

#[path = "../support/mod.rs"]
mod shared;

/// What `cargo gradcheck` takes for the list of operations.
#[path = "../../examples/gradcheck/operations.rs"]
mod operations;

//! The program `ptx-run`, run as a reader runs it.

mod arguments;
mod faults;
mod files;
mod kernels;
mod output;

mod readme;
mod refusals;
mod tool;

//! Every variant of every exercise of chapter 1.

#[path = "../verify.rs"]
mod verify;

include!(concat!(env!("OUT_DIR"), "/01_gradient_descent.rs"));

fn main() {
    verify::main("01-gradient_descent", table())
}

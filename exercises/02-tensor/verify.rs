//! Every variant of every exercise of chapter 2.

#[path = "../verify.rs"]
mod verify;

include!(concat!(env!("OUT_DIR"), "/02_tensor.rs"));

fn main() {
    verify::main("02-tensor", table())
}

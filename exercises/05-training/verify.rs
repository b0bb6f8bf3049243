//! Every variant of every exercise of chapter 5.

#[path = "../verify.rs"]
mod verify;

include!(concat!(env!("OUT_DIR"), "/05_training.rs"));

fn main() {
    verify::main("05-training", table())
}

//! Every variant of every exercise of chapter 3.

#[path = "../verify.rs"]
mod verify;

include!(concat!(env!("OUT_DIR"), "/03_autograd.rs"));

fn main() {
    verify::main("03-autograd", table())
}

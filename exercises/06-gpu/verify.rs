//! Every variant of every exercise of chapter 6.

#[path = "../verify.rs"]
mod verify;

include!(concat!(env!("OUT_DIR"), "/06_gpu.rs"));

fn main() {
    verify::main("06-gpu", table())
}

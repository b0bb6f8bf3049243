//! Every variant of every exercise of chapter 4.

#[path = "../verify.rs"]
mod verify;

include!(concat!(env!("OUT_DIR"), "/04_neural_network.rs"));

fn main() {
    verify::main("04-neural_network", table())
}

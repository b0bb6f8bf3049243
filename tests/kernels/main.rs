//! Every kernel against the library's own operations: on the emulator with all checks, once more
//! with approximate results moved and orders shuffled, and on a GPU where there is one.

mod compare;
mod copies;
mod coverage;
mod cross_entropy;
#[path = "../support/devices.rs"]
mod devices;
mod dropout;
mod elementwise;
mod gather;
mod harness;
mod layer_norm;
mod matmul;
mod optimizers;
mod pairs;
mod reduce;
mod softmax;
mod transpose;

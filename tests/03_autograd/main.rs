//! Chapter 3: what a correct implementation of its ideas must hold.

mod by_hand;
mod differences;
mod drawing;
mod graph;
mod operations;
mod saved;
mod support;

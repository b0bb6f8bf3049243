//! Chapter 5's machinery.

mod accumulation;
mod checkpoint;
mod interruption;
mod optimizers;
mod refusals;
mod resume;
mod scale;
mod support;
mod trainer;

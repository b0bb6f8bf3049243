//! Chapter 5: optimizers, batches, devices, and runs that end as they should.

mod accumulation;
mod batches;
mod by_hand;
mod checkpoint;
mod interruption;
mod optimizers;
mod refusals;
mod resume;
mod scale;
mod schedules;
mod session;
mod support;
mod trainer;

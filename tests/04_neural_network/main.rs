//! Chapter 4: what a correct implementation of its ideas must hold.

mod depth;
mod dropout;
mod initialisation;
mod layers;
mod losses;
mod overfit;
mod parameters;
mod selection;
mod support;
mod weights;

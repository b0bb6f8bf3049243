//! Chapter 1: what a correct implementation of its ideas must hold.

mod curvature;
mod descent;
mod losses;
mod refusals;
mod scaling;
mod separable;
mod support;

//! Chapter 2: one block of memory, seen under any shape.
//!
//! | file | idea |
//! |---|---|
//! | [`layout`] | shape, strides, offset; a view edits only these |
//! | [`walk`] | visiting several arrays in step, whatever their strides |
//! | [`mod@array`] | the array: shared memory and a layout |
//! | [`views`] | the same memory under another layout |
//! | [`map`] | one element at a time: map; zip, with broadcasting |
//! | [`reduce`] | sums, largest and smallest along axes |
//! | [`product`] | the matrix product |
//! | [`index`] | picking, placing and adding by index |
//! | [`join`] | arrays end to end, and with a margin |
//! | [`compare`] | comparisons, labels and masks |
//! | [`storage`] | the processor's memory or a device's, and the way between |
//! | [`on_device`] | what arrays on a device do by kernels |
//! | [`arithmetic`] | the functions of two numbers that every device knows |
//! | [`show`] | an array as text |
//!
//! An [`Array`] has no gradient. Chapter 3 wraps it into the tensor that has one.

pub mod arithmetic;
pub mod array;
pub mod compare;
pub mod index;
pub mod join;
pub mod layout;
pub mod map;
pub mod on_device;
pub mod product;
pub mod reduce;
pub mod show;
pub mod storage;
pub mod views;
pub mod walk;

pub use array::Array;
pub use layout::{Layout, broadcast_shape};

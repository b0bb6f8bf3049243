//! What arrays on a device do by kernels.
//!
//! | file | idea |
//! |---|---|
//! | [`launch`] | memory, layouts and shapes become the arguments of a launch |
//! | [`rows`] | some axes as the rows of a matrix |
//! | [`copies`] | copies in any layout, and filled memory |
//! | [`reduce`] | sums, largest and smallest along axes |
//! | [`product`] | the matrix product |
//! | [`index`] | picking and adding by index |

pub mod copies;
pub mod index;
pub mod launch;
pub mod product;
pub mod reduce;
pub mod rows;

pub use launch::{Launch, Operand, common, each, each_into};
pub use rows::Rows;

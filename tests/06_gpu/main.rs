//! Chapter 6: what its page shows and says of kernels.

mod findings;
mod page;
mod training;
mod transpose;

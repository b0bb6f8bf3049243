//! Operations that are kernels of their own on a device, where their pieces one by one would
//! read and write the same memory several times.
//!
//! | file | operations |
//! |---|---|
//! | [`losses`] | the mean squared error, and cross-entropy between yes and no |
//! | [`cross_entropy`] | cross-entropy of classes |
//! | [`layer_norm`] | layer normalisation |
//! | [`dropout`] | dropout, with the mask of the processor |

pub mod cross_entropy;
pub mod dropout;
pub mod layer_norm;
pub mod losses;

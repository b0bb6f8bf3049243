//! Gradients against finite differences: no operation is believed before this agrees.
//!
//! | file | idea |
//! |---|---|
//! | [`case`] | an operation on inputs that are chosen to show its mistakes |
//! | [`difference`] | the comparison, element by element |

pub mod case;
pub mod difference;

pub use case::{Case, Numbers};
pub use difference::{
    BOUND, Fault, PRECISION, Report, central_differences, check, compare, gradients,
    on_device, precision,
};

//! The operations, one to a file: the forward method, what it saves, its backward, and the
//! cases by which `gradcheck` tries it.
//!
//! | file | operations |
//! |---|---|
//! | [`unary`] | how a function of one number becomes an operation |
//! | [`exp`] | eˣ |
//! | [`binary`] | how a function of two numbers becomes an operation, with broadcasting |
//! | [`add`], [`mul`] | sums and products of elements |
//! | [`matmul`] | the product of matrices |
//! | [`sum`] | sums along axes |

pub mod add;
pub mod binary;
pub mod exp;
pub mod matmul;
pub mod mul;
pub mod sum;
pub mod unary;

use crate::gradcheck::{Case, Numbers};

/// The cases of every operation: each has a plain one, one that is strided, one of size 1,
/// one of size 0, and where shapes are broadcast one that is.
pub fn cases() -> Vec<Case> {
    let n = &mut Numbers::new(20);
    let all = [add::cases, exp::cases, matmul::cases, mul::cases, sum::cases];
    all.iter().flat_map(|cases| cases(n)).collect()
}

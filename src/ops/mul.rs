//! The product of elements.

use super::binary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

#[derive(Clone, Copy)]
struct Mul;

impl Function for Mul {
    const NAME: &'static str = "mul";
    const READS_A: [bool; 2] = [false, true];
    const READS_B: [bool; 2] = [true, false];

    // ANCHOR: mul
    // y = a b
    fn value<T: Real>(self, a: T, b: T) -> T {
        a * b
    }

    // ∂y/∂a = b
    fn slope_a<T: Real>(self, _: T, b: T) -> T {
        b
    }

    // ∂y/∂b = a
    fn slope_b<T: Real>(self, a: T, _: T) -> T {
        a
    }
    // ANCHOR_END: mul
}

impl<T: Real> TensorOf<T> {
    /// The products of elements, the shapes broadcast to each other. Also `&a * &b`.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn mul(&self, other: &TensorOf<T>) -> TensorOf<T> {
        apply(Mul, self, other)
    }

    /// Every element times the same number. Also `&a * factor`.
    pub fn scale(&self, factor: T) -> TensorOf<T> {
        self.mul(&Array::scalar(factor).into())
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("mul", "alike", [n.any(&[2, 3]), n.any(&[2, 3])], |x| x[0].mul(&x[1])),
        case!("mul", "broadcast", [n.any(&[4, 1, 3]), n.any(&[2, 1])], |x| x[0]
            .mul(&x[1])),
        case!("mul", "strided", [n.strided(&[2, 3]), n.strided(&[3])], |x| x[0]
            .mul(&x[1])),
        case!("mul", "size 1", [n.any(&[]), n.any(&[1])], |x| x[0].mul(&x[1])),
        case!("mul", "size 0", [n.any(&[0, 3]), n.any(&[3])], |x| x[0].mul(&x[1])),
        case!("scale", "plain", [n.any(&[2, 3])], |x| x[0].scale(-0.7)),
        case!("scale", "strided", [n.strided(&[2, 3])], |x| x[0].scale(2.5)),
        case!("scale", "size 1", [n.any(&[])], |x| x[0].scale(2.5)),
        case!("scale", "size 0", [n.any(&[0, 3])], |x| x[0].scale(2.5)),
        case!("mul", "a square", [n.any(&[3])], |x| x[0].mul(&x[0])),
    ]
}

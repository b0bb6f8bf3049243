//! A power with a constant exponent.

use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::device::Arguments;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Powf {
    exponent: f64,
}

impl Function for Powf {
    const NAME: &'static str = "powf";
    const READS_Y: bool = false;

    // y = xᵖ
    fn value<T: Real>(self, x: T) -> T {
        x.powf(T::of(self.exponent))
    }

    // ∂y/∂x = p xᵖ⁻¹; and 0 for p = 0, also at x = 0, where 0 · 0⁻¹ would be NaN
    fn slope<T: Real>(self, x: T, _: T) -> T {
        let p = T::of(self.exponent);
        if p == T::ZERO { T::ZERO } else { p * x.powf(p - T::ONE) }
    }

    fn settings(self) -> Arguments {
        Arguments::new().number(self.exponent as f32)
    }
}

impl<T: Real> TensorOf<T> {
    /// xᵖ of every element; NaN for negative x, unless p is a whole number. x⁰ = 1
    /// everywhere, even at NaN. The slope at 0 is ∞ for 0 < p < 1.
    pub fn powf(&self, exponent: T) -> TensorOf<T> {
        apply(Powf { exponent: exponent.f64() }, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("powf", "plain", [n.positive(&[2, 3])], |x| x[0].powf(2.5)),
        case!("powf", "strided", [n.strided_positive(&[2, 3, 2])], |x| x[0].powf(2.5)),
        case!("powf", "size 1", [n.positive(&[])], |x| x[0].powf(2.5)),
        case!("powf", "size 0", [n.positive(&[2, 0])], |x| x[0].powf(2.5)),
        case!("powf", "negative", [n.positive(&[2, 3])], |x| x[0].powf(-0.5)),
        case!("powf", "a whole number", [n.any(&[2, 3])], |x| x[0].powf(3.0)),
        case!("powf", "zero", [n.any(&[2, 3])], |x| x[0].powf(0.0)),
    ]
}

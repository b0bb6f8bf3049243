//! x through the gate σ(x).

use super::sigmoid::sigmoid;
use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};

#[derive(Clone, Copy)]
struct Silu;

impl Function for Silu {
    const NAME: &'static str = "silu";
    const READS_Y: bool = false;

    // y = x σ(x)
    fn value<T: Real>(self, x: T) -> T {
        gated(x, sigmoid(x))
    }

    // ∂y/∂x = σ + x σ (1 − σ)
    fn slope<T: Real>(self, x: T, _: T) -> T {
        let gate = sigmoid(x);
        gate + gated(x, gate * (T::ONE - gate))
    }
}

// x · gate; a closed gate lets nothing through: 0, even of infinity.
pub(super) fn gated<T: Real>(x: T, gate: T) -> T {
    if gate == T::ZERO { T::ZERO } else { x * gate }
}

impl<T: Real> TensorOf<T> {
    /// x σ(x) of every element: about x far above 0, about 0 far below; 0 at −∞, which is
    /// the limit. Elfwing, Uchibe and Doya 2017, <https://arxiv.org/abs/1702.03118>; with
    /// β = 1 the Swish of Ramachandran, Zoph and Le 2017.
    pub fn silu(&self) -> TensorOf<T> {
        apply(Silu, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("silu", "plain", [n.any(&[2, 3])], |x| x[0].silu()),
        case!("silu", "strided", [n.strided(&[2, 3, 2])], |x| x[0].silu()),
        case!("silu", "size 1", [n.any(&[])], |x| x[0].silu()),
        case!("silu", "size 0", [n.any(&[2, 0])], |x| x[0].silu()),
    ]
}

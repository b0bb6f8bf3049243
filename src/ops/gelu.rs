//! The Gaussian error linear unit: x through the gate Φ(x), the share of a standard normal
//! distribution that lies below x. Exact, and by the approximation that GPT-2 was trained
//! with.
//!
//! Hendrycks and Gimpel 2016, *Gaussian error linear units*,
//! <https://arxiv.org/abs/1606.08415>.

use super::sigmoid::sigmoid;
use super::silu::gated;
use super::unary::{Function, apply};
use crate::autograd::TensorOf;
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use std::f64::consts::{FRAC_2_PI, PI};

#[derive(Clone, Copy)]
struct Gelu;

impl Function for Gelu {
    const NAME: &'static str = "gelu";
    const READS_Y: bool = false;

    // y = x Φ(x)
    #[inline(always)] // into the loop over elements: as a call it would take one at a time
    fn value<T: Real>(self, x: T) -> T {
        gated(x, x.normal_cdf())
    }

    // ∂y/∂x = Φ(x) + x φ(x),  φ(x) = e^(−x²/2) / √(2π)
    #[inline(always)]
    fn slope<T: Real>(self, x: T, _: T) -> T {
        let bell = (-x * x / T::of(2.0)).exp() / T::of((2.0 * PI).sqrt());
        x.normal_cdf() + gated(x, bell)
    }
}

#[derive(Clone, Copy)]
struct GeluTanh;

impl Function for GeluTanh {
    const NAME: &'static str = "gelu_tanh";
    const READS_Y: bool = false;

    // y = ½ x (1 + tanh u) = x σ(2u),  u = √(2/π) (x + 0.044715 x³)
    fn value<T: Real>(self, x: T) -> T {
        let u = T::of(FRAC_2_PI.sqrt()) * (x + T::of(CUBIC) * x * x * x);
        gated(x, sigmoid(u + u))
    }

    // ∂y/∂x = σ + x σ (1 − σ) 2u′,  u′ = √(2/π) (1 + 3 · 0.044715 x²)
    fn slope<T: Real>(self, x: T, _: T) -> T {
        let u = T::of(FRAC_2_PI.sqrt()) * (x + T::of(CUBIC) * x * x * x);
        let du = T::of(FRAC_2_PI.sqrt()) * (T::ONE + T::of(3.0 * CUBIC) * x * x);
        let gate = sigmoid(u + u);
        gate + gated(x * (du + du), gate * (T::ONE - gate))
    }
}

/// The coefficient of x³ in the paper's section 2.
const CUBIC: f64 = 0.044715;

impl<T: Real> TensorOf<T> {
    /// x Φ(x) of every element, Φ by the error function ([`erf`](crate::cpu::erf)); 0 at −∞, which
    /// is the limit. Configuration files call it `gelu`.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// let y = Tensor::new(vec![1.0, -1.0], &[2]).gelu();
    /// assert_eq!(format!("{y:.4}"), "[0.8413, -0.1587]");
    /// ```
    pub fn gelu(&self) -> TensorOf<T> {
        apply(Gelu, self)
    }

    /// ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) of every element, which differs from
    /// [`gelu`](TensorOf::gelu) by less than 0.0005; 0 at −∞. Configuration files call it
    /// `gelu_new` or `gelu_pytorch_tanh`; GPT-2 has it.
    pub fn gelu_tanh(&self) -> TensorOf<T> {
        apply(GeluTanh, self)
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("gelu", "plain", [n.any(&[2, 3])], |x| x[0].gelu()),
        case!("gelu", "strided", [n.strided(&[2, 3, 2])], |x| x[0].gelu()),
        case!("gelu", "size 1", [n.any(&[])], |x| x[0].gelu()),
        case!("gelu", "size 0", [n.any(&[2, 0])], |x| x[0].gelu()),
        case!("gelu_tanh", "plain", [n.any(&[2, 3])], |x| x[0].gelu_tanh()),
        case!("gelu_tanh", "strided", [n.strided(&[2, 3, 2])], |x| x[0].gelu_tanh()),
        case!("gelu_tanh", "size 1", [n.any(&[])], |x| x[0].gelu_tanh()),
        case!("gelu_tanh", "size 0", [n.any(&[2, 0])], |x| x[0].gelu_tanh()),
    ]
}

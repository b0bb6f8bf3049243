//! Cross-entropy between "yes" and "no", from log-odds.

use super::mean::at_least_one;
use super::on_device::losses;
use super::sigmoid::sigmoid;
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct BceWithLogits<T: Real> {
    logits: Array<T>,
    targets: Array<T>,
}

impl<T: Real> TensorOf<T> {
    /// −y ln σ(z) − (1 − y) ln(1 − σ(z)) for logits z and targets y in [0, 1]: the mean over
    /// all elements, a single number; 0 over nothing. Right to rounding at every finite
    /// logit; an infinite one gives ∞ or NaN.
    ///
    /// # Panics
    /// When the shapes differ, or a target is not in [0, 1].
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// use gradus::tensor::Array;
    /// let logits = Tensor::new(vec![0.0, 1000.0], &[2]);
    /// let targets = Array::new(vec![1.0, 0.0], &[2]);
    /// assert_eq!(logits.bce_with_logits(&targets).item(), (2f32.ln() + 1000.0) / 2.0);
    /// ```
    #[track_caller]
    pub fn bce_with_logits(&self, targets: &Array<T>) -> TensorOf<T> {
        assert!(
            self.shape() == targets.shape(),
            "bce_with_logits: logits {:?} and targets {:?} must have the same shape",
            self.shape(),
            targets.shape()
        );
        for target in targets.seen() {
            assert!(
                (T::ZERO..=T::ONE).contains(&target),
                "bce_with_logits: a target must lie between 0 and 1, and one is {target}"
            );
        }
        let logits = self.value();
        let targets = targets.beside(&logits.device());
        let losses = match logits.gpu() {
            None => logits.zip(&targets, "bce_with_logits", bce),
            Some(gpu) => losses::values("bce_with_logits", gpu, logits, &targets),
        };
        let loss = losses.sum_to(&[]).over(at_least_one(self.size()));
        let op = || BceWithLogits { logits: logits.clone(), targets };
        TensorOf::record(loss, &[self], op)
    }
}

/// max(z, 0) − z y + ln(1 + e^−|z|)
fn bce<T: Real>(z: T, y: T) -> T {
    z.max(T::ZERO) - z * y + (-z.abs()).exp().ln_1p()
}

impl<T: Real> Op<T> for BceWithLogits<T> {
    fn name(&self) -> &'static str {
        "bce_with_logits"
    }

    // y = 1/n Σ bce(zᵢ, yᵢ):  dzᵢ = dy (σ(zᵢ) − yᵢ) / n
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        let n = at_least_one(self.logits.size());
        if let Some(gpu) = self.logits.gpu() {
            let given = [&self.logits, &self.targets, dy];
            return vec![Some(losses::slopes("bce_with_logits", gpu, given, n))];
        }
        let dy = dy.item();
        let slope = |z, y| dy * (sigmoid(z) - y) / n;
        vec![Some(self.logits.zip(&self.targets, "bce_with_logits", slope))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("bce_with_logits", "plain", [n.any(&[2, 3])], |x| {
            let targets = [1.0, 0.0, 0.0, 1.0, 0.3, 0.6].map(Real::of);
            x[0].bce_with_logits(&Array::new(targets.to_vec(), &[2, 3]))
        }),
        case!("bce_with_logits", "strided", [n.strided(&[3, 2])], |x| {
            let targets = [1.0, 0.0, 0.0, 1.0, 0.3, 0.6].map(Real::of);
            let targets = Array::new(targets.to_vec(), &[2, 3]).transpose(0, 1);
            x[0].bce_with_logits(&targets)
        }),
        case!("bce_with_logits", "size 1", [n.any(&[])], |x| {
            x[0].bce_with_logits(&Array::scalar(Real::ONE))
        }),
        case!("bce_with_logits", "size 0", [n.any(&[0, 3])], |x| {
            x[0].bce_with_logits(&Array::zeros(&[0, 3]))
        }),
    ]
}

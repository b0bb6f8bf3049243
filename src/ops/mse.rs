//! The mean squared error.

use super::mean::at_least_one;
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Mse<T: Real> {
    error: Array<T>,
}

impl<T: Real> TensorOf<T> {
    /// The mean of (x − t)² over all elements, a single number; 0 over nothing.
    ///
    /// # Panics
    /// When the shapes differ. They are not broadcast: n predictions `[n]` against targets
    /// `[n, 1]` would compare each with all, and nobody means that.
    #[track_caller]
    pub fn mse(&self, target: &TensorOf<T>) -> TensorOf<T> {
        assert!(
            self.shape() == target.shape(),
            "mse: predictions {:?} and targets {:?} must have the same shape",
            self.shape(),
            target.shape()
        );
        let error = self.value().zip(target.value(), "mse", |x, t| x - t);
        let n = at_least_one(error.size());
        let loss = error.map(|e| e * e).sum_to(&[]).map(|sum| sum / n);
        TensorOf::record(loss, &[self, target], || Mse { error })
    }
}

impl<T: Real> Op<T> for Mse<T> {
    fn name(&self) -> &'static str {
        "mse"
    }

    // y = 1/n Σ (xᵢ − tᵢ)²:  dxᵢ = 2/n (xᵢ − tᵢ) dy,  dtᵢ = −dxᵢ
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let (dy, n) = (dy.item(), at_least_one(self.error.size()));
        let dx = self.error.map(|e| T::of(2.0) * e / n * dy);
        let dt = needs[1].then(|| dx.map(|dx| -dx));
        vec![needs[0].then_some(dx), dt]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("mse", "plain", [n.any(&[2, 3]), n.any(&[2, 3])], |x| x[0].mse(&x[1])),
        case!("mse", "strided", [n.strided(&[2, 3]), n.strided(&[2, 3])], |x| {
            x[0].mse(&x[1])
        }),
        case!("mse", "size 1", [n.any(&[]), n.any(&[])], |x| x[0].mse(&x[1])),
        case!("mse", "size 0", [n.any(&[0, 3]), n.any(&[0, 3])], |x| x[0].mse(&x[1])),
    ]
}

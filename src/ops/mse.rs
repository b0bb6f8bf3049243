//! The mean squared error.

use super::mean::at_least_one;
use super::on_device::losses;
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::on_device::common;

struct Mse<T: Real> {
    x: Array<T>,
    target: Array<T>,
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
        let (x, t) = (self.value(), target.value());
        let squares = match common(&[x, t]) {
            None => x.zip(t, "mse", |x, t| (x - t) * (x - t)),
            Some(gpu) => losses::values("mse", &gpu, x, t),
        };
        let loss = squares.sum_to(&[]).over(at_least_one(x.size()));
        TensorOf::record(loss, &[self, target], || Mse {
            x: x.clone(),
            target: t.clone(),
        })
    }
}

impl<T: Real> Op<T> for Mse<T> {
    fn name(&self) -> &'static str {
        "mse"
    }

    // y = 1/n Σ (xᵢ − tᵢ)²:  dxᵢ = 2/n (xᵢ − tᵢ) dy,  dtᵢ = −dxᵢ
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let (Mse { x, target }, n) = (self, at_least_one(self.x.size()));
        let dx = match common(&[x, target, dy]) {
            None => {
                let dy = dy.item();
                x.zip(target, "mse", |x, t| T::of(2.0) * (x - t) / n * dy)
            }
            Some(gpu) => losses::slopes("mse", &gpu, [x, target, dy], n),
        };
        let dt = needs[1].then(|| dx.times(-T::ONE));
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

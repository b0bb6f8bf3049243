//! Means along axes.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Mean {
    shape: Vec<usize>,
    /// How many elements became one.
    count: usize,
}

impl<T: Real> TensorOf<T> {
    /// The means along `axes`, which stay with size 1; NaN over nothing.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn mean(&self, axes: &[usize]) -> TensorOf<T> {
        let y = mean(self.value(), axes, "mean");
        let count = count(self.shape(), axes);
        TensorOf::record(y, &[self], || Mean { shape: self.shape().to_vec(), count })
    }

    /// The mean of all elements: a single number, without axes; NaN over nothing.
    pub fn mean_all(&self) -> TensorOf<T> {
        let count = self.size();
        let y = self.value().sum_to(&[]).over(T::of(count as f64));
        TensorOf::record(y, &[self], || Mean { shape: self.shape().to_vec(), count })
    }
}

/// μ = 1/n Σ xᵢ along `axes`, which stay with size 1.
#[track_caller]
pub(super) fn mean<T: Real>(x: &Array<T>, axes: &[usize], operation: &str) -> Array<T> {
    x.shrunk(axes, operation); // refuses axes that are not there
    let n = T::of(count(x.shape(), axes) as f64);
    x.sum(axes).over(n)
}

/// How many elements `axes` hold together.
pub(super) fn count(shape: &[usize], axes: &[usize]) -> usize {
    axes.iter().map(|axis| shape[*axis]).product()
}

/// The divisor of a loss: how many count, or 1 where none does, so that their sum 0 stays.
/// A batch of nothing costs nothing.
pub(super) fn at_least_one<T: Real>(count: usize) -> T {
    T::of(count.max(1) as f64)
}

impl<T: Real> Op<T> for Mean {
    fn name(&self) -> &'static str {
        "mean"
    }

    // y = 1/n Σ xᵢ:  dxᵢ = dy / n
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        let n = T::of(self.count as f64);
        vec![Some(dy.over(n).broadcast_to(&self.shape))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("mean", "first", [n.any(&[2, 3, 4])], |x| x[0].mean(&[0])),
        case!("mean", "strided", [n.strided(&[2, 3, 4])], |x| x[0].mean(&[0, 2])),
        case!("mean", "all", [n.any(&[2, 3])], |x| x[0].mean_all()),
        case!("mean", "no axis", [n.any(&[2, 3])], |x| x[0].mean(&[])),
        case!("mean", "size 1", [n.any(&[1, 3])], |x| x[0].mean(&[0])),
        case!("mean", "size 0", [n.any(&[0, 3])], |x| x[0].mean(&[1])),
    ]
}

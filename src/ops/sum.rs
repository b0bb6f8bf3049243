//! Sums along axes.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Sum {
    shape: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// The sums along `axes`, which stay with size 1.
    ///
    /// # Panics
    /// When there is no such axis, or one is named twice.
    #[track_caller]
    pub fn sum(&self, axes: &[usize]) -> TensorOf<T> {
        let y = self.value().sum(axes);
        TensorOf::record(y, &[self], || Sum { shape: self.shape().to_vec() })
    }

    /// The sum of all elements: a single number, without axes.
    pub fn sum_all(&self) -> TensorOf<T> {
        let y = self.value().sum_to(&[]);
        TensorOf::record(y, &[self], || Sum { shape: self.shape().to_vec() })
    }
}

impl<T: Real> Op<T> for Sum {
    fn name(&self) -> &'static str {
        "sum"
    }

    // y = Σ xᵢ:  dxᵢ = dy
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.broadcast_to(&self.shape))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("sum", "first", [n.any(&[2, 3, 4])], |x| x[0].sum(&[0])),
        case!("sum", "two axes", [n.strided(&[2, 3, 4])], |x| x[0].sum(&[0, 2])),
        case!("sum", "all", [n.any(&[2, 3])], |x| x[0].sum_all()),
        case!("sum", "size 1", [n.any(&[1, 3])], |x| x[0].sum(&[0])),
        case!("sum", "size 0", [n.any(&[2, 0])], |x| x[0].sum(&[1])),
    ]
}

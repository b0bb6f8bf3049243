//! The difference of elements.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Sub {
    a: Vec<usize>,
    b: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// The differences of elements, the shapes broadcast to each other. Also `&a - &b`.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn sub(&self, other: &TensorOf<T>) -> TensorOf<T> {
        let y = self.value().minus(other.value(), "sub");
        let op = || Sub { a: self.shape().to_vec(), b: other.shape().to_vec() };
        TensorOf::record(y, &[self, other], op)
    }
}

impl<T: Real> Op<T> for Sub {
    fn name(&self) -> &'static str {
        "sub"
    }

    // y = a − b:  da = dy,  db = −dy, each summed over the copies that broadcasting made
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let da = || dy.sum_to(&self.a);
        let db = || dy.sum_to(&self.b).times(-T::ONE);
        vec![needs[0].then(da), needs[1].then(db)]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("sub", "alike", [n.any(&[2, 3]), n.any(&[2, 3])], |x| x[0].sub(&x[1])),
        case!("sub", "broadcast", [n.any(&[4, 1, 3]), n.any(&[2, 1])], |x| x[0]
            .sub(&x[1])),
        case!("sub", "strided", [n.strided(&[2, 3]), n.strided(&[3])], |x| x[0]
            .sub(&x[1])),
        case!("sub", "size 1", [n.any(&[]), n.any(&[1])], |x| x[0].sub(&x[1])),
        case!("sub", "size 0", [n.any(&[0, 3]), n.any(&[3])], |x| x[0].sub(&x[1])),
    ]
}

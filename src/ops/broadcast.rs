//! Axes repeated.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Broadcast {
    shape: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// A view that repeats axes of size 1, and missing ones on the left.
    ///
    /// # Panics
    /// When a size is neither equal nor 1.
    #[track_caller]
    pub fn broadcast_to(&self, shape: &[usize]) -> TensorOf<T> {
        let y = self.value().broadcast_to(shape);
        TensorOf::record(y, &[self], || Broadcast { shape: self.shape().to_vec() })
    }
}

impl<T: Real> Op<T> for Broadcast {
    fn name(&self) -> &'static str {
        "broadcast_to"
    }

    // y repeats x:  dx sums dy over the copies
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.sum_to(&self.shape))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("broadcast_to", "inside and left", [n.any(&[2, 1, 3])], |x| {
            x[0].broadcast_to(&[4, 2, 5, 3])
        }),
        case!("broadcast_to", "strided", [n.strided(&[3, 1])], |x| {
            x[0].broadcast_to(&[3, 4])
        }),
        case!("broadcast_to", "size 1", [n.any(&[])], |x| x[0].broadcast_to(&[1])),
        case!("broadcast_to", "size 0", [n.any(&[1, 3])], |x| x[0].broadcast_to(&[0, 3])),
    ]
}

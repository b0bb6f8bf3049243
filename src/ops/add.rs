//! The sum of elements.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Add {
    a: Vec<usize>,
    b: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// The sums of elements, the shapes broadcast to each other. Also `&a + &b`.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn add(&self, other: &TensorOf<T>) -> TensorOf<T> {
        let y = self.value().plus(other.value(), "add");
        let op = || Add { a: self.shape().to_vec(), b: other.shape().to_vec() };
        TensorOf::record(y, &[self, other], op)
    }

    /// The same number added to every element. Also `&a + number`.
    pub fn add_scalar(&self, number: T) -> TensorOf<T> {
        self.add(&Array::scalar(number).into())
    }
}

impl<T: Real> Op<T> for Add {
    fn name(&self) -> &'static str {
        "add"
    }

    // y = a + b:  da = dy,  db = dy, each summed over the copies that broadcasting made
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        vec![needs[0].then(|| dy.sum_to(&self.a)), needs[1].then(|| dy.sum_to(&self.b))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("add", "alike", [n.any(&[2, 3]), n.any(&[2, 3])], |x| x[0].add(&x[1])),
        case!("add", "broadcast", [n.any(&[4, 1, 3]), n.any(&[2, 1])], |x| x[0]
            .add(&x[1])),
        case!("add", "strided", [n.strided(&[2, 3]), n.strided(&[3])], |x| x[0]
            .add(&x[1])),
        case!("add", "size 1", [n.any(&[]), n.any(&[1])], |x| x[0].add(&x[1])),
        case!("add", "size 0", [n.any(&[0, 3]), n.any(&[3])], |x| x[0].add(&x[1])),
        case!("add_scalar", "plain", [n.any(&[2, 3])], |x| x[0].add_scalar(0.3)),
        case!("add_scalar", "strided", [n.strided(&[2, 3])], |x| x[0].add_scalar(0.3)),
        case!("add_scalar", "size 1", [n.any(&[])], |x| x[0].add_scalar(0.3)),
        case!("add_scalar", "size 0", [n.any(&[0, 3])], |x| x[0].add_scalar(0.3)),
    ]
}

//! Tensors end to end, and on top of each other.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct Concat {
    axis: usize,
    sizes: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// The tensors one after the other along `axis`.
    ///
    /// # Panics
    /// When there is none, or their shapes differ in another axis.
    #[track_caller]
    pub fn concat(tensors: &[&TensorOf<T>], axis: usize) -> TensorOf<T> {
        let values: Vec<Array<T>> = tensors.iter().map(|x| x.value().clone()).collect();
        let y = Array::concat(&values, axis);
        let size = |x: &&TensorOf<T>| x.shape()[axis];
        let op = || Concat { axis, sizes: tensors.iter().map(size).collect() };
        TensorOf::record(y, tensors, op)
    }

    /// The tensors, which have one shape, as the entries of a new axis `axis`.
    ///
    /// # Panics
    /// When there is none, their shapes differ, or `axis` is larger than their rank.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// let (a, b) = (Tensor::new(vec![1.0, 2.0], &[2]), Tensor::new(vec![3.0, 4.0], &[2]));
    /// let columns = Tensor::stack(&[&a, &b], 1);
    /// assert_eq!(columns.to_vec(), [1.0, 3.0, 2.0, 4.0]);
    /// ```
    #[track_caller]
    pub fn stack(tensors: &[&TensorOf<T>], axis: usize) -> TensorOf<T> {
        assert!(!tensors.is_empty(), "stack: there are no tensors");
        assert!(
            axis <= tensors[0].rank(),
            "stack: no axis can be put in at {axis} of the shape {:?}",
            tensors[0].shape()
        );
        for x in tensors {
            let (a, b) = (tensors[0].shape(), x.shape());
            assert!(a == b, "stack: {a:?} and {b:?} must be equal");
        }
        let entries: Vec<TensorOf<T>> =
            tensors.iter().map(|x| x.unsqueeze(axis)).collect();
        TensorOf::concat(&entries.iter().collect::<Vec<_>>(), axis)
    }
}

impl<T: Real> Op<T> for Concat {
    fn name(&self) -> &'static str {
        "concat"
    }

    // y is x₀, x₁, … end to end:  dxᵢ is the same part of dy
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let mut start = 0;
        let part = |(size, needed): (&usize, &bool)| {
            let range = start..start + size;
            start = range.end;
            needed.then(|| dy.slice(self.axis, range))
        };
        self.sizes.iter().zip(needs).map(part).collect()
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("concat", "inside", [n.any(&[2, 1, 3]), n.any(&[2, 2, 3])], |x| {
            TensorOf::concat(&[&x[0], &x[1]], 1)
        }),
        case!("concat", "twice the same", [n.any(&[2]), n.any(&[1])], |x| {
            TensorOf::concat(&[&x[0], &x[1], &x[0]], 0)
        }),
        case!("concat", "strided", [n.strided(&[2, 2]), n.strided(&[2, 3])], |x| {
            TensorOf::concat(&[&x[0], &x[1]], 1)
        }),
        case!("concat", "size 1", [n.any(&[1])], |x| TensorOf::concat(&[&x[0]], 0)),
        case!("concat", "size 0", [n.any(&[0, 2]), n.any(&[1, 2])], |x| {
            TensorOf::concat(&[&x[0], &x[1]], 0)
        }),
        case!("stack", "inside", [n.any(&[2, 3]), n.any(&[2, 3])], |x| {
            TensorOf::stack(&[&x[0], &x[1]], 1)
        }),
        case!("stack", "strided", [n.strided(&[2, 3]), n.strided(&[2, 3])], |x| {
            TensorOf::stack(&[&x[0], &x[1]], 2)
        }),
        case!("stack", "size 1", [n.any(&[]), n.any(&[])], |x| {
            TensorOf::stack(&[&x[0], &x[1]], 0)
        }),
        case!("stack", "size 0", [n.any(&[0, 2]), n.any(&[0, 2])], |x| {
            TensorOf::stack(&[&x[0], &x[1]], 1)
        }),
    ]
}

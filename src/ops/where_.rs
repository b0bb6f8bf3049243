//! Elements of one tensor or of another, as a mask says.

use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::device::{Arguments, Device, kernels::ELEMENTWISE_PAIRS};
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::on_device::{common, each};

struct Where {
    mask: Array<u32>,
    a: Vec<usize>,
    b: Vec<usize>,
}

impl<T: Real> TensorOf<T> {
    /// The element of this where the mask is 1 (or anything but 0), of `other` where it is
    /// 0. The three shapes are broadcast to each other. What is not chosen does not matter,
    /// not even if it is NaN, and gets the gradient 0.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn where_(&self, mask: &Array<u32>, other: &TensorOf<T>) -> TensorOf<T> {
        let y = choose(mask, self.value(), other.value());
        let op = || {
            let (a, b) = (self.shape().to_vec(), other.shape().to_vec());
            Where { mask: mask.clone(), a, b }
        };
        TensorOf::record(y, &[self, other], op)
    }

    /// `value` where the mask is 1, the element of this where it is 0. The mask is broadcast
    /// to this shape.
    ///
    /// # Panics
    /// When it cannot be.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// use gradus::tensor::Array;
    /// let scores = Tensor::new(vec![1.0, 2.0, 3.0, 4.0], &[2, 2]);
    /// let future = Array::new(vec![0, 1, 0, 0], &[2, 2]);
    /// let seen = scores.masked_fill(&future, f32::NEG_INFINITY);
    /// assert_eq!(seen.to_vec(), [1.0, f32::NEG_INFINITY, 3.0, 4.0]);
    /// ```
    #[track_caller]
    pub fn masked_fill(&self, mask: &Array<u32>, value: T) -> TensorOf<T> {
        assert!(
            mask.layout().broadcast_to(self.shape()).is_some(),
            "masked_fill: the mask {:?} cannot be broadcast to {:?}",
            mask.shape(),
            self.shape()
        );
        TensorOf::from(Array::scalar(value)).where_(mask, self)
    }
}

// y = a where the mask says so, else b. Chosen, not multiplied: 0 · NaN would be NaN.
#[track_caller]
fn choose<T: Real>(mask: &Array<u32>, a: &Array<T>, b: &Array<T>) -> Array<T> {
    if let Some(gpu) = common(&[a, b]) {
        let mask = mask.beside(&Device::Gpu(gpu.clone()));
        let (a, b) = (a.along(&gpu, "where"), b.along(&gpu, "where"));
        let (mask, a, b) = mask.three(&a, &b, "where");
        let operands = [("mask", &mask as _), ("a", &a as _), ("b", &b as _)];
        let settings = Arguments::new();
        return each(&ELEMENTWISE_PAIRS, "where_value".into(), &operands, settings);
    }
    mask.zip3(a, b, "where", |mask, a, b| if mask != 0 { a } else { b })
}

impl<T: Real> Op<T> for Where {
    fn name(&self) -> &'static str {
        "where"
    }

    // da = dy where a was chosen, else 0; db = dy where b was; summed over the copies
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let zero = Array::scalar(T::ZERO);
        let da = || choose(&self.mask, dy, &zero).sum_to(&self.a);
        let db = || choose(&self.mask, &zero, dy).sum_to(&self.b);
        vec![needs[0].then(da), needs[1].then(db)]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("where", "alike", [n.any(&[2, 3]), n.any(&[2, 3])], |x| {
            x[0].where_(&mask(&[2, 3]), &x[1])
        }),
        case!("where", "broadcast", [n.any(&[4, 1, 3]), n.any(&[3])], |x| {
            x[0].where_(&mask(&[2, 1]), &x[1])
        }),
        case!("where", "strided", [n.strided(&[2, 3]), n.strided(&[3])], |x| {
            x[0].where_(&mask(&[3, 2]).transpose(0, 1), &x[1])
        }),
        case!("where", "size 1", [n.any(&[]), n.any(&[1])], |x| {
            x[0].where_(&mask(&[]), &x[1])
        }),
        case!("where", "size 0", [n.any(&[0, 3]), n.any(&[3])], |x| {
            x[0].where_(&mask(&[3]), &x[1])
        }),
        case!("masked_fill", "broadcast", [n.any(&[2, 3, 4])], |x| {
            x[0].masked_fill(&mask(&[3, 1]), -2.0)
        }),
        case!("masked_fill", "strided", [n.strided(&[2, 3])], |x| {
            x[0].masked_fill(&mask(&[2, 3]), -2.0)
        }),
        case!("masked_fill", "size 1", [n.any(&[1])], |x| {
            x[0].masked_fill(&mask(&[]), -2.0)
        }),
        case!("masked_fill", "size 0", [n.any(&[2, 0])], |x| {
            x[0].masked_fill(&mask(&[2, 1]), -2.0)
        }),
    ]
}

/// Zeros and ones without a pattern that a wrong axis would share.
fn mask(shape: &[usize]) -> Array<u32> {
    Array::from_fn(shape, |i| [0, 1, 1, 0, 1, 0, 0][i % 7])
}

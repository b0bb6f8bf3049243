//! One width cut into heads, and put together again.

use crate::autograd::TensorOf;
use crate::element::Real;

// ANCHOR: heads
/// `[B, T, D] → [B, H, T, D/H]`: head h gets the columns h·D/H to (h + 1)·D/H.
///
/// # Panics
/// When there are not three axes, or the width cannot be cut into so many heads.
#[track_caller]
pub fn split<T: Real>(x: &TensorOf<T>, heads: usize) -> TensorOf<T> {
    let [batch, length, width] = *x.shape() else {
        panic!("heads::split: [B, T, D] is needed, not {:?}", x.shape())
    };
    assert!(
        heads > 0 && width.is_multiple_of(heads),
        "heads::split: a width of {width} cannot be cut into {heads} heads"
    );
    x.reshape(&[batch, length, heads, width / heads]).transpose(1, 2)
}

/// `[B, H, T, D/H] → [B, T, D]`
///
/// # Panics
/// When there are not four axes.
#[track_caller]
pub fn merge<T: Real>(x: &TensorOf<T>) -> TensorOf<T> {
    let [batch, heads, length, width] = *x.shape() else {
        panic!("heads::merge: [B, H, T, D/H] is needed, not {:?}", x.shape())
    };
    x.transpose(1, 2).reshape(&[batch, length, heads * width])
}
// ANCHOR_END: heads

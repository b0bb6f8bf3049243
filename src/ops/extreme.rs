//! How the largest and the smallest element along axes become operations: both pass their
//! gradient to the element that they found.
//!
//! Where several are equal there is a kink, and every split of the gradient among them is
//! right (a subgradient). They share it equally, so that no result depends on their order.

use crate::autograd::Op;
use crate::device::kernels::EXTREME;
use crate::element::Real;
use crate::tensor::Array;
use crate::tensor::on_device::{Rows, common};

/// The largest or smallest elements y of x along some axes, which have size 1 in y.
pub struct Extreme<T: Real> {
    /// The operation's name.
    pub name: &'static str,
    /// Where they were looked for.
    pub x: Array<T>,
    /// What was found.
    pub y: Array<T>,
}

impl<T: Real> Op<T> for Extreme<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    // y = xᵢ for k of the i:  dxᵢ = dy / k for these, and 0 for all others
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        if let Some(gpu) = common(&[&self.x, dy]) {
            let rows = Rows::between(self.x.shape(), self.y.shape());
            let given = [("x", &self.x), ("y", &self.y), ("dy", dy)];
            return vec![Some(rows.each(&gpu, &EXTREME, "extreme_rows_slope", &given))];
        }
        // A NaN is always found, and is not equal to itself.
        let found = |x: T, y: T| if x == y || x.is_nan() { T::ONE } else { T::ZERO };
        let found = self.x.zip(&self.y, self.name, found);
        let k = found.sum_to(self.y.shape());
        let share = dy.zip(&k, self.name, |dy, k| dy / k);
        let dx = |found, share| if found == T::ONE { share } else { T::ZERO };
        vec![Some(found.zip(&share, self.name, dx))]
    }
}

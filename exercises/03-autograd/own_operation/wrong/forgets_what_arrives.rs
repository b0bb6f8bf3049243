//! Returns the slope, without what arrived.
//!
//! rejected by: what arrives counts
//! says: `dy` is not used

use gradus::autograd::{Op, TensorOf};
use gradus::tensor::Array;

struct Softplus {
    y: Array<f64>,
}

impl Op<f64> for Softplus {
    fn name(&self) -> &'static str {
        "softplus"
    }

    fn backward(&self, dy: &Array<f64>, _needs: &[bool]) -> Vec<Option<Array<f64>>> {
        assert_eq!(dy.shape(), self.y.shape());
        vec![Some(self.y.map(|y| -(-y).exp_m1()))]
    }
}

pub fn softplus(x: &TensorOf<f64>) -> TensorOf<f64> {
    let y = x.value().map(|x| x.max(0.0) + (-x.abs()).exp().ln_1p());
    TensorOf::record(y.clone(), &[x], || Softplus { y })
}

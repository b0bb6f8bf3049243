//! Layer normalisation, by the kernels of `layer_norm.cu`. They keep μ and r of each row, and
//! compute x̂ again from x where it is needed.

use crate::autograd::{Op, TensorOf};
use crate::device::{Gpu, kernels::LAYER_NORM};
use crate::element::Real;
use crate::tensor::Array;
use crate::tensor::on_device::{Launch, Rows};

struct LayerNorm<T: Real> {
    gpu: Gpu,
    x: Array<T>,
    gain: Array<T>,
    /// μ, one for each row.
    mean: Array<T>,
    /// r = 1 / √(σ² + ε), one for each row.
    scale: Array<T>,
}

/// What [`TensorOf::layer_norm`] gives, which has checked the shapes.
#[track_caller]
pub fn layer_norm<T: Real>(
    gpu: &Gpu,
    inputs: [&TensorOf<T>; 3],
    epsilon: T,
) -> TensorOf<T> {
    let values = inputs.map(|input| input.value().along(gpu, "layer_norm").contiguous());
    let [x, gain, bias] = values;
    let rows = Rows::along(x.shape(), &[x.rank() - 1]);
    let y = Array::unwritten(gpu, x.shape());
    let [mean, scale] = [(); 2].map(|()| Array::unwritten(gpu, &[rows.count()]));
    let launch = Launch::new(gpu, &LAYER_NORM, "layer_norm_value");
    let launch = launch.array("x", &x).array("gain", &gain).array("bias", &bias);
    let launch = launch.array("y", &y).array("mean", &mean).array("scale", &scale);
    launch.rows_of(&rows).number(epsilon).rows(rows.count(), rows.length());
    let op = || LayerNorm { gpu: gpu.clone(), x, gain, mean, scale };
    TensorOf::record(y, &inputs, op)
}

impl<T: Real> Op<T> for LayerNorm<T> {
    fn name(&self) -> &'static str {
        "layer_norm"
    }

    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let LayerNorm { gpu, x, gain, mean, scale } = self;
        let dy = dy.along(gpu, "layer_norm").contiguous();
        let rows = Rows::along(x.shape(), &[x.rank() - 1]);
        let dx = || {
            let dx = Array::unwritten(gpu, x.shape());
            let launch = Launch::new(gpu, &LAYER_NORM, "layer_norm_slope");
            let launch = launch.array("x", x).array("gain", gain);
            let launch = launch.array("mean", mean).array("scale", scale);
            let launch = launch.array("dy", &dy).array("dx", &dx);
            launch.rows_of(&rows).rows(rows.count(), rows.length());
            dx
        };
        let [dgain, dbias] = [(); 2].map(|()| Array::unwritten(gpu, gain.shape()));
        if needs[1] || needs[2] {
            let launch = Launch::new(gpu, &LAYER_NORM, "layer_norm_slope_gain_bias");
            let launch = launch.array("x", x).array("mean", mean).array("scale", scale);
            let launch = launch.array("dy", &dy);
            let launch = launch.array("dgain", &dgain).array("dbias", &dbias);
            launch.rows_of(&rows).columns(rows.length());
        }
        vec![needs[0].then(dx), needs[1].then_some(dgain), needs[2].then_some(dbias)]
    }
}

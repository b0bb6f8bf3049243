//! Layer normalisation (Ba, Kiros and Hinton 2016): every row with mean 0 and variance 1,
//! then a gain and a bias for each column.

use super::mean::mean;
use super::on_device;
use super::softmax::last_axis;
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::on_device::common;

struct LayerNorm<T: Real> {
    /// x̂, the rows with mean 0 and variance 1.
    normal: Array<T>,
    /// r = 1 / √(σ² + ε), one for each row.
    scale: Array<T>,
    gain: Array<T>,
}

impl<T: Real> TensorOf<T> {
    /// gain · (x − μ) / √(σ² + ε) + bias over the last axis: x is `[.., D]`, gain and bias
    /// `[D]`. σ² has the divisor D, and is computed in two passes. A constant row gives the
    /// bias.
    ///
    /// # Panics
    /// When the shapes do not fit, or ε is not above 0 (it keeps a constant row from 0/0).
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// let row = |values: [f32; 2]| Tensor::new(values.to_vec(), &[2]);
    /// let y = row([3.0, 5.0]).layer_norm(&row([1.0, 10.0]), &row([0.0, 7.0]), 1e-12);
    /// assert_eq!(y.to_vec(), [-1.0, 17.0]);
    /// ```
    #[track_caller]
    pub fn layer_norm(
        &self,
        gain: &TensorOf<T>,
        bias: &TensorOf<T>,
        epsilon: f64,
    ) -> TensorOf<T> {
        let last = last_axis("layer_norm", self.shape());
        for (name, shape) in [("gain", gain.shape()), ("bias", bias.shape())] {
            assert!(
                shape == &self.shape()[last..],
                "layer_norm: {:?} goes with a {name} of shape {:?}, not {shape:?}",
                self.shape(),
                &self.shape()[last..]
            );
        }
        let e = T::of(epsilon);
        assert!(
            e > T::ZERO && e.is_finite(),
            "layer_norm: ε must be a number above 0 in {}, not {epsilon}",
            T::NAME
        );
        let x = self.value();
        if let Some(gpu) = common(&[x, gain.value(), bias.value()]) {
            return on_device::layer_norm::layer_norm(&gpu, [self, gain, bias], e);
        }
        let mut normal =
            x.zip(&mean(x, &[last], "layer_norm"), "layer_norm", |x, mean| x - mean);
        let variance = mean(&normal.map(|d| d * d), &[last], "layer_norm");
        let scale = variance.map(|variance| T::ONE / (variance + e).sqrt());
        normal.update(&scale, "layer_norm", |d, scale| d * scale);
        let mut y = normal.zip(gain.value(), "layer_norm", |normal, gain| normal * gain);
        y.update(bias.value(), "layer_norm", |y, bias| y + bias);
        TensorOf::record(y, &[self, gain, bias], || LayerNorm {
            normal,
            scale,
            gain: gain.value().clone(),
        })
    }
}

impl<T: Real> Op<T> for LayerNorm<T> {
    fn name(&self) -> &'static str {
        "layer_norm"
    }

    // y = g x̂ + b:  dg = Σ dy x̂  and  db = Σ dy over all rows, and with dx̂ = dy g
    // x̂ = r (x − μ):  dx = r (dx̂ − mean(dx̂) − x̂ mean(dx̂ x̂)), the means within each row
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>> {
        let (normal, last) = (&self.normal, [self.normal.rank() - 1]);
        let times = |a: &Array<T>, b: &Array<T>| a.zip(b, "layer_norm", |a, b| a * b);
        let less = |a: &Array<T>, b: &Array<T>| a.zip(b, "layer_norm", |a, b| a - b);
        let dx = || {
            let dn = times(dy, &self.gain);
            let along = times(normal, &mean(&times(&dn, normal), &last, "layer_norm"));
            let across = less(&dn, &mean(&dn, &last, "layer_norm"));
            times(&less(&across, &along), &self.scale)
        };
        let dgain = || times(dy, normal).sum_to(self.gain.shape());
        let dbias = || dy.sum_to(self.gain.shape());
        vec![needs[0].then(dx), needs[1].then(dgain), needs[2].then(dbias)]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    let mut inputs = |shape: &[usize], d: usize| [n.any(shape), n.any(&[d]), n.any(&[d])];
    let plain = inputs(&[3, 4], 4);
    let [batch, one_row] = [inputs(&[2, 3, 4], 4), inputs(&[5], 5)];
    let [size_1, size_0, no_rows] =
        [inputs(&[3, 1], 1), inputs(&[2, 0], 0), inputs(&[0, 3], 3)];
    let strided = [n.strided(&[2, 3]), n.strided(&[3]), n.strided(&[3])];
    let case = |name: &str, [x, gain, bias]: [Array<f64>; 3]| {
        case!("layer_norm", name, [x, gain, bias], |x| {
            x[0].layer_norm(&x[1], &x[2], 1e-5)
        })
    };
    vec![
        case("plain", plain),
        case("a batch", batch),
        case("one row", one_row),
        case("strided", strided),
        case("size 1", size_1),
        case("size 0", size_0),
        case("no rows", no_rows),
        case!(
            "layer_norm",
            "a large ε",
            [n.any(&[2, 3]), n.any(&[3]), n.any(&[3])],
            |x| { x[0].layer_norm(&x[1], &x[2], 0.5) }
        ),
    ]
}

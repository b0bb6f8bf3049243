//! layer_norm.cu, forward and backward.

use super::harness::*;
use super::reduce::{rows, tiles};
use gradus::autograd::TensorOf;
use gradus::device::{Gpu, Arguments, Memory, kernels};
use gradus::tensor::Array;

const E: f64 = 1e-5;

pub fn rows_are_normalised_and_every_gradient_comes_back(gpu: &Gpu) {
        for [m, n] in [[1, 1], [3, 31], [33, 5], [70, 33], [9, 257], [2, 1000], [0, 40]] {
            let x = array(&[m, n], 1).map(|x| x + 1.0);
            let (gain, bias, dy) = (array(&[n], 2), array(&[n], 3), array(&[m, n], 4));
            let [wide_x, wide_gain, wide_bias] =
                [&x, &gain, &bias].map(|x| TensorOf::from(wide(x)).tracked());
            let y = wide_x.layer_norm(&wide_gain, &wide_bias, E);
            let want = y.to_vec();
            let gradients = y.backward_from(wide(&dy));
            let [want_dx, want_dgain, want_dbias] = [&wide_x, &wide_gain, &wide_bias]
                .map(|x| gradients.of(x).unwrap().to_vec());

            let [xm, gm, bm, up] = [&x, &gain, &bias, &dy].map(|x| on(gpu, x.storage()));
            let [y, dx]: [Memory<f32>; 2] = [room(gpu, m * n), room(gpu, m * n)];
            let [mean, scale]: [Memory<f32>; 2] = [room(gpu, m), room(gpu, m)];
            let [dgain, dbias]: [Memory<f32>; 2] = [room(gpu, n), room(gpu, n)];
            let source = &kernels::LAYER_NORM;
            let arguments = Arguments::new()
                .memory("x", &xm)
                .memory("gain", &gm)
                .memory("bias", &bm)
                .memory("y", &y)
                .memory("mean", &mean)
                .memory("scale", &scale)
                .count(m)
                .count(n)
                .number(E as f32);
            launch(gpu, source, "layer_norm_value", rows(m), arguments);
            let arguments = Arguments::new()
                .memory("x", &xm)
                .memory("gain", &gm)
                .memory("mean", &mean)
                .memory("scale", &scale)
                .memory("dy", &up)
                .memory("dx", &dx)
                .count(m)
                .count(n);
            launch(gpu, source, "layer_norm_slope", rows(m), arguments);
            let arguments = Arguments::new()
                .memory("x", &xm)
                .memory("mean", &mean)
                .memory("scale", &scale)
                .memory("dy", &up)
                .memory("dgain", &dgain)
                .memory("dbias", &dbias)
                .count(m)
                .count(n);
            launch(gpu, source, "layer_norm_slope_gain_bias", tiles(), arguments);

            // Every sum here is over numbers of size 1 to 10, of both signs.
            let of = |what: &str, got: &Memory<f32>, want: &[f64], floor: f64| {
                let class = vec![0.0; want.len()];
                near(&format!("{what} {m}×{n}"), &back(gpu, got), want, &class, |_| {
                    Bound { ulps: 4.0, floor: floor * EPSILON }
                });
            };
            of("y", &y, &want, 4.0);
            // a row of one element has r = 1/√ε, about 300
            let r = if n == 1 { 300.0 } else { 1.0 };
            of("dx", &dx, &want_dx, 6.0 * r);
            of("dgain", &dgain, &want_dgain, 4.0 * (m as f64).max(1.0));
            of("dbias", &dbias, &want_dbias, 2.0 * (m as f64).max(1.0));
        }
}

pub fn a_constant_row_gives_the_bias(gpu: &Gpu) {
        let x = Array::full(3.0f32, &[2, 37]);
        let (gain, bias) = (array(&[37], 5), array(&[37], 6));
        let [xm, gm, bm] = [&x.contiguous(), &gain, &bias].map(|x| on(gpu, &x.to_vec()));
        let y = room(gpu, 2 * 37);
        let [mean, scale]: [Memory<f32>; 2] = [room(gpu, 2), room(gpu, 2)];
        let arguments = Arguments::new()
            .memory("x", &xm)
            .memory("gain", &gm)
            .memory("bias", &bm)
            .memory("y", &y)
            .memory("mean", &mean)
            .memory("scale", &scale)
            .count(2)
            .count(37)
            .number(E as f32);
        launch(gpu, &kernels::LAYER_NORM, "layer_norm_value", rows(2), arguments);
        same("bias", &back(gpu, &y), &bias.to_vec().repeat(2));
}

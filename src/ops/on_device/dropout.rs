//! Dropout, by the kernel of `dropout.cu`: it draws what the processor would, to the bit. The
//! mask is not kept: from the same place of the stream it is drawn again.

use crate::autograd::{Op, TensorOf};
use crate::device::{Gpu, kernels::DROPOUT};
use crate::element::Real;
use crate::random::{Generator, skip_uniforms};
use crate::tensor::Array;
use crate::tensor::on_device::Launch;

struct Dropout {
    gpu: Gpu,
    p: f64,
    /// As it was before anything was drawn.
    generator: Generator,
}

/// What [`TensorOf::dropout`] gives. The generator goes on as if it had drawn.
#[track_caller]
pub fn dropout<T: Real>(
    gpu: &Gpu,
    x: &TensorOf<T>,
    p: f64,
    generator: &mut Generator,
) -> TensorOf<T> {
    let dropout = Dropout { gpu: gpu.clone(), p, generator: generator.clone() };
    skip_uniforms(generator, x.size());
    TensorOf::record(dropout.masked(x.value()), &[x], || dropout)
}

impl Dropout {
    fn masked<T: Real>(&self, x: &Array<T>) -> Array<T> {
        let x = x.along(&self.gpu, "dropout").contiguous();
        let y = Array::unwritten(&self.gpu, x.shape());
        let stream = self.generator.get_stream().to_le_bytes();
        let stream = [&self.generator.get_seed()[..], &stream].concat();
        let first = self.generator.get_word_pos() as usize;
        // A number bits / 2⁵³ is below p if its bits are below ⌈p 2⁵³⌉.
        let threshold = (self.p * 2f64.powi(53)).ceil() as usize;
        let launch = Launch::new(&self.gpu, &DROPOUT, "dropout");
        let launch = launch.array("x", &x).array("y", &y).bytes(stream).count(first);
        let launch = launch.count(threshold).number(T::of(1.0 / (1.0 - self.p)));
        launch.count(x.size()).each(x.size().div_ceil(8) + 1);
        y
    }
}

impl<T: Real> Op<T> for Dropout {
    fn name(&self) -> &'static str {
        "dropout"
    }

    // yᵢ = xᵢ mᵢ:  dxᵢ = dyᵢ mᵢ
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(self.masked(dy))]
    }
}

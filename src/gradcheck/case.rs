//! An operation on inputs that are chosen to show its mistakes.

use crate::autograd::{Tensor, TensorOf};
use crate::random::{Generator, generator, uniform};
use crate::tensor::Array;

/// An operation and its inputs, to be computed in both real types.
pub struct Case {
    /// The operation's name: `matmul`.
    pub operation: &'static str,
    /// What is special about the inputs: `broadcast`, `strided`, `size 0`.
    pub name: String,
    /// The inputs for which a gradient is wanted.
    pub inputs: Vec<Array<f64>>,
    /// The operation in f64.
    pub graph64: fn(&[TensorOf<f64>]) -> TensorOf<f64>,
    /// The same in f32.
    pub graph32: fn(&[Tensor]) -> Tensor,
}

/// `case!("mul", "broadcast", [a, b], |x| x[0].mul(&x[1]))`.
#[macro_export]
macro_rules! case {
    ($operation:expr, $name:expr, [$($input:expr),* $(,)?], |$x:ident| $graph:expr) => {
        $crate::gradcheck::Case {
            operation: $operation,
            name: $name.to_string(),
            inputs: vec![$($input),*],
            graph64: |$x| $graph,
            graph32: |$x| $graph,
        }
    };
}

/// Where the inputs of cases come from. The same numbers at every run.
pub struct Numbers(Generator);

impl Numbers {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Numbers {
        Numbers(generator(seed))
    }

    /// Numbers between 0.2 and 1.8 in size, of either sign: none near 0, no two equal, no
    /// pattern that a transposed or shifted gradient would share.
    pub fn any(&mut self, shape: &[usize]) -> Array<f64> {
        let number = |_| {
            let size = 0.2 + 1.6 * uniform(&mut self.0);
            if uniform(&mut self.0) < 0.5 { -size } else { size }
        };
        Array::from_fn(shape, number)
    }

    /// Numbers between 0.2 and 1.8.
    pub fn positive(&mut self, shape: &[usize]) -> Array<f64> {
        self.any(shape).map(f64::abs)
    }

    /// Such numbers of either sign, but not row after row in memory: every axis is a view
    /// into a longer one, and the axes lie in the opposite order. What lies between is NaN,
    /// which no result may pick up.
    pub fn strided(&mut self, shape: &[usize]) -> Array<f64> {
        apart(self.any(shape))
    }

    /// Numbers between 0.2 and 1.8 that lie so.
    pub fn strided_positive(&mut self, shape: &[usize]) -> Array<f64> {
        apart(self.positive(shape))
    }
}

/// The same elements, far from each other in memory.
fn apart(array: Array<f64>) -> Array<f64> {
    let reversed: Vec<usize> = (0..array.rank()).rev().collect();
    let mut padded = array.permute(&reversed).contiguous();
    for axis in 0..array.rank() {
        padded = padded.pad(axis, 1, 1, f64::NAN);
    }
    for axis in 0..array.rank() {
        padded = padded.slice(axis, 1..padded.shape()[axis] - 1);
    }
    padded.permute(&reversed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strided_numbers_are_numbers_and_lie_apart() {
        let x = Numbers::new(1).strided(&[2, 3, 4]);
        assert_eq!(x.shape(), [2, 3, 4]);
        assert!(x.as_slice().is_none() && x.to_vec().iter().all(|x| x.is_finite()));
        assert!(x.storage().iter().any(|x| x.is_nan()));
    }
}

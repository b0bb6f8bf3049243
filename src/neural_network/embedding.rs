//! A vector for every id.

use super::{Parameter, init};
use crate::autograd::TensorOf;
use crate::element::Real;
use crate::module;
use crate::random::Generator;
use crate::tensor::Array;

/// A table with one row for each id: `[..] ids → [.., width]`.
pub struct Embedding<T: Real> {
    /// The table: `[ids, width]`.
    pub weight: Parameter<T>,
}

impl<T: Real> Embedding<T> {
    /// A table of numbers with the standard deviation `deviation`.
    pub fn new(
        ids: usize,
        width: usize,
        deviation: f64,
        random: &mut Generator,
    ) -> Embedding<T> {
        let weight = init::normal_array(&[ids, width], deviation, random);
        Embedding { weight: Parameter::new(weight) }
    }

    /// The rows of `ids`.
    ///
    /// # Panics
    /// When an id is not in the table.
    #[track_caller]
    pub fn forward(&self, ids: &Array<u32>) -> TensorOf<T> {
        self.weight.tensor().index_select(ids)
    }
}

module!(Embedding { weight });

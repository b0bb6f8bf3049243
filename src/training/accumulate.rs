//! The gradient of a large batch from those of its parts.

use crate::element::Real;
use crate::tensor::Array;

// ANCHOR: accumulate
/// Gradients of several parts of a batch, added up. The loss of a part is a mean over
/// `count` things (samples, or tokens that count), and so is its gradient. The mean over
/// all parts together weighs each by its count:
///
/// ```text
/// g = Σ nᵢ gᵢ / Σ nᵢ
/// ```
///
/// The mean of the means, Σ gᵢ / k, is another number where counts differ.
pub struct Accumulated<T: Real> {
    /// Σ nᵢ gᵢ for each parameter; `None` where no part had a gradient.
    sums: Vec<Option<Array<T>>>,
    /// Σ nᵢ lossᵢ
    loss: f64,
    /// Σ nᵢ
    count: usize,
}

/// What a batch says: the mean of the loss, and its gradients.
pub struct Averaged<T: Real> {
    /// The mean loss; 0 where nothing counted.
    pub loss: f64,
    /// Its gradient for each parameter, in order.
    pub gradients: Vec<Option<Array<T>>>,
    /// What it is a mean over.
    pub count: usize,
}

impl<T: Real> Accumulated<T> {
    /// Nothing yet, for so many parameters.
    pub fn new(parameters: usize) -> Accumulated<T> {
        Accumulated { sums: vec![None; parameters], loss: 0.0, count: 0 }
    }

    // ANCHOR: add
    /// Adds a part: its loss, a gradient for each parameter, and what they are means over.
    /// A part where nothing counts adds nothing, whatever its gradient is.
    ///
    /// # Panics
    /// When there are more or fewer gradients than parameters, or a shape differs.
    #[track_caller]
    pub fn add(&mut self, loss: f64, gradients: Vec<Option<Array<T>>>, count: usize) {
        if count == 0 {
            return;
        }
        let n = T::of(count as f64);
        let weighted = gradients.into_iter().map(|gradient| gradient.map(|g| g.times(n)));
        let loss = count as f64 * loss;
        self.merge(Accumulated { sums: weighted.collect(), loss, count });
    }
    // ANCHOR_END: add

    /// Adds what another has added up.
    ///
    /// # Panics
    /// When it is for more or fewer parameters, or a shape differs.
    #[track_caller]
    pub fn merge(&mut self, other: Accumulated<T>) {
        assert!(
            self.sums.len() == other.sums.len(),
            "accumulate: {} parameters but {} gradients",
            self.sums.len(),
            other.sums.len()
        );
        for (sum, gradient) in self.sums.iter_mut().zip(other.sums) {
            match (&mut *sum, gradient) {
                (Some(sum), Some(gradient)) => {
                    assert!(
                        sum.shape() == gradient.shape(),
                        "accumulate: gradients of shapes {:?} and {:?} cannot be added",
                        sum.shape(),
                        gradient.shape()
                    );
                    sum.add(&gradient, "accumulate")
                }
                (None, Some(gradient)) => *sum = Some(gradient),
                (_, None) => {}
            }
        }
        self.loss += other.loss;
        self.count += other.count;
    }

    // ANCHOR: mean
    /// The means over all that was added.
    pub fn mean(self) -> Averaged<T> {
        let n = self.count.max(1) as f64;
        let mean = |sum: Array<T>| sum.over(T::of(n));
        Averaged {
            loss: self.loss / n,
            gradients: self.sums.into_iter().map(|sum| sum.map(mean)).collect(),
            count: self.count,
        }
    }
    // ANCHOR_END: mean
}
// ANCHOR_END: accumulate

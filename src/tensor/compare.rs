//! Comparisons, labels and masks: functions that have no gradient.
//!
//! A mask is an `Array<u32>` of 0 and 1.

use super::Array;
use crate::element::{Element, Real};

impl<T: Element> Array<T> {
    /// 1 where a = b, else 0; the shapes are broadcast to each other. NaN equals nothing.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn equal(&self, other: &Array<T>) -> Array<u32> {
        self.zip(other, "equal", |a, b| u32::from(a == b))
    }

    /// 1 where a < b, else 0; the shapes are broadcast to each other. NaN is less than
    /// nothing.
    ///
    /// # Panics
    /// When the shapes do not fit.
    ///
    /// ```
    /// use gradus::tensor::Array;
    /// // The future of each of three positions, which causal attention must not see.
    /// let position = Array::new(vec![0, 1, 2], &[3, 1]);
    /// let future = position.less(&position.transpose(0, 1));
    /// assert_eq!(future.to_vec(), [0, 1, 1, 0, 0, 1, 0, 0, 0]);
    /// ```
    #[track_caller]
    pub fn less(&self, other: &Array<T>) -> Array<u32> {
        self.zip(other, "less", |a, b| u32::from(a < b))
    }

    /// 1 where a > b, else 0; the shapes are broadcast to each other. NaN is greater than
    /// nothing.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn greater(&self, other: &Array<T>) -> Array<u32> {
        self.zip(other, "greater", |a, b| u32::from(a > b))
    }
}

impl<T: Real> Array<T> {
    /// A row for every index: 1 in column `index`, else 0. `[..] → [.., classes]`.
    ///
    /// # Panics
    /// When an index is not below `classes`.
    ///
    /// ```
    /// use gradus::tensor::Array;
    /// let labels = Array::new(vec![2, 0], &[2]);
    /// let rows = Array::<f32>::one_hot(&labels, 3);
    /// assert_eq!(rows.to_vec(), [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
    /// ```
    #[track_caller]
    pub fn one_hot(indices: &Array<u32>, classes: usize) -> Array<T> {
        let mut values = vec![T::ZERO; indices.size() * classes];
        for (row, index) in indices.to_vec().into_iter().enumerate() {
            assert!(
                (index as usize) < classes,
                "one_hot: index {index} is too large for {classes} classes"
            );
            values[row * classes + index as usize] = T::ONE;
        }
        Array::new(values, &[indices.shape(), &[classes]].concat())
    }
}

impl Array<u32> {
    /// The same numbers to compute with. `f32` holds whole numbers exactly up to 2²⁴, `f64`
    /// all that there are.
    pub fn cast<T: Real>(&self) -> Array<T> {
        self.map(|x| T::of(f64::from(x)))
    }
}

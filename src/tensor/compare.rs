//! Comparisons, labels and masks: functions that have no gradient.
//!
//! A mask is an `Array<u32>` of 0 and 1.

use super::Array;
use super::on_device::{Launch, common, each};
use crate::device::{Arguments, kernels::COMPARE};
use crate::element::{Element, Real};

impl<T: Element> Array<T> {
    /// 1 where a = b, else 0; the shapes are broadcast to each other. NaN equals nothing.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn equal(&self, other: &Array<T>) -> Array<u32> {
        self.compared(other, "equal", |a, b| a == b)
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
        self.compared(other, "less", |a, b| a < b)
    }

    /// 1 where a > b, else 0; the shapes are broadcast to each other. NaN is greater than
    /// nothing.
    ///
    /// # Panics
    /// When the shapes do not fit.
    #[track_caller]
    pub fn greater(&self, other: &Array<T>) -> Array<u32> {
        self.compared(other, "greater", |a, b| a > b)
    }
}

impl<T: Element> Array<T> {
    #[track_caller]
    fn compared(
        &self,
        other: &Array<T>,
        name: &str,
        holds: impl Fn(T, T) -> bool + Sync,
    ) -> Array<u32> {
        let Some(gpu) = common(&[self, other]) else {
            return self.zip(other, name, |a, b| u32::from(holds(a, b)));
        };
        let (a, b) = self.along(&gpu, name).pair(&other.along(&gpu, name), name);
        let kernel = format!("{name}_{}", T::NAME);
        each(&COMPARE, kernel, &[("a", &a as _), ("b", &b as _)], Arguments::new())
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
        let shape = [indices.shape(), &[classes]].concat();
        if let Some(gpu) = indices.gpu() {
            // One that is too large gives a row of NaN there.
            let y = Array::unwritten(gpu, &shape);
            let launch = Launch::new(gpu, &COMPARE, "one_hot");
            let launch = launch.array("indices", &indices.contiguous()).array("y", &y);
            launch.count(indices.size()).count(classes).each(y.size());
            return y;
        }
        let mut values = vec![T::ZERO; indices.size() * classes];
        for (row, index) in indices.to_vec().into_iter().enumerate() {
            assert!(
                (index as usize) < classes,
                "one_hot: index {index} is too large for {classes} classes"
            );
            values[row * classes + index as usize] = T::ONE;
        }
        Array::new(values, &shape)
    }
}

impl Array<u32> {
    /// The same numbers to compute with, where they lie. `f32` holds whole numbers exactly up to 2²⁴, `f64`
    /// all that there are.
    pub fn cast<T: Real>(&self) -> Array<T> {
        if self.gpu().is_none() {
            return self.map(|x| T::of(f64::from(x)));
        }
        each(&COMPARE, "cast".into(), &[("x", &self.contiguous() as _)], Arguments::new())
    }
}

//! One element at a time: a function of each element, and of each pair of elements.

use super::walk::walk;
use super::{Array, broadcast_shape};
use crate::element::Element;

impl<T: Element> Array<T> {
    /// f of every element.
    pub fn map<U: Element>(&self, f: impl Fn(T) -> U) -> Array<U> {
        let values = match self.as_slice() {
            Some(slice) => slice.iter().map(|x| f(*x)).collect(),
            None => self.to_vec().into_iter().map(f).collect(),
        };
        Array::new(values, self.shape())
    }

    // ANCHOR: zip
    /// f of every pair of elements, the shapes broadcast to each other.
    ///
    /// # Panics
    /// When the shapes cannot be broadcast; `operation` is named.
    #[track_caller]
    pub fn zip<U: Element, V: Element>(
        &self,
        other: &Array<U>,
        operation: &str,
        f: impl Fn(T, U) -> V,
    ) -> Array<V> {
        let Some(shape) = broadcast_shape(self.shape(), other.shape()) else {
            panic!(
                "{operation}: {:?} and {:?} do not fit: matched from the right, sizes must be \
                 equal, or one of them 1",
                self.shape(),
                other.shape()
            );
        };
        let (a, b) = (self.broadcast_to(&shape), other.broadcast_to(&shape));
        let mut values = Vec::with_capacity(a.size());
        walk([a.layout(), b.layout()], |run| {
            let ([i, j], n) = (run.start, run.length);
            let (a, b) = (&a.storage()[i..], &b.storage()[j..]);
            match run.step {
                [1, 1] => {
                    values.extend(a[..n].iter().zip(&b[..n]).map(|(a, b)| f(*a, *b)))
                }
                [1, 0] => values.extend(a[..n].iter().map(|a| f(*a, b[0]))),
                [0, 1] => values.extend(b[..n].iter().map(|b| f(a[0], *b))),
                [p, q] => values.extend((0..n).map(|k| f(a[k * p], b[k * q]))),
            }
        });
        Array::new(values, &shape)
    }
    // ANCHOR_END: zip

    /// self ← f(self, other), in place where nobody else holds the memory. `other` is
    /// broadcast to this shape.
    ///
    /// # Panics
    /// When it cannot be; `operation` is named.
    #[track_caller]
    pub fn update<U: Element>(
        &mut self,
        other: &Array<U>,
        operation: &str,
        f: impl Fn(T, U) -> T,
    ) {
        let Some(theirs) = other.layout().broadcast_to(self.shape()) else {
            panic!(
                "{operation}: {:?} cannot be broadcast to {:?}",
                other.shape(),
                self.shape()
            );
        };
        let shape = self.shape().to_vec();
        let ours = super::Layout::contiguous(&shape);
        let (values, others) = (self.make_mut(), other.storage());
        walk([&ours, &theirs], |run| {
            let ([i, j], n) = (run.start, run.length);
            let (values, others) = (&mut values[i..], &others[j..]);
            match run.step {
                [1, 1] => {
                    values[..n]
                        .iter_mut()
                        .zip(&others[..n])
                        .for_each(|(x, y)| *x = f(*x, *y));
                }
                [1, 0] => values[..n].iter_mut().for_each(|x| *x = f(*x, others[0])),
                [p, q] => {
                    (0..n).for_each(|k| values[k * p] = f(values[k * p], others[k * q]))
                }
            }
        });
    }
}

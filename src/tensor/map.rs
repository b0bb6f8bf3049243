//! One element at a time: a function of each element, of each pair, of each three.

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

    /// f of every three elements, the shapes broadcast to each other.
    ///
    /// # Panics
    /// When the shapes cannot be broadcast; `operation` is named.
    #[track_caller]
    pub fn zip3<U: Element, V: Element, W: Element>(
        &self,
        second: &Array<U>,
        third: &Array<V>,
        operation: &str,
        f: impl Fn(T, U, V) -> W,
    ) -> Array<W> {
        let shape = broadcast_shape(self.shape(), second.shape())
            .and_then(|shape| broadcast_shape(&shape, third.shape()));
        let Some(shape) = shape else {
            panic!(
                "{operation}: {:?}, {:?} and {:?} do not fit: matched from the right, sizes \
                 must be equal, or 1",
                self.shape(),
                second.shape(),
                third.shape()
            );
        };
        let (a, b) = (self.broadcast_to(&shape), second.broadcast_to(&shape));
        let c = third.broadcast_to(&shape);
        let mut values = Vec::with_capacity(a.size());
        walk([a.layout(), b.layout(), c.layout()], |run| {
            let ([i, j, k], n) = (run.start, run.length);
            let (a, b, c) = (&a.storage()[i..], &b.storage()[j..], &c.storage()[k..]);
            // The usual cases first: the compiler makes them fast.
            match run.step {
                [1, 1, 1] => {
                    let rest = b[..n].iter().zip(&c[..n]);
                    values
                        .extend(a[..n].iter().zip(rest).map(|(a, (b, c))| f(*a, *b, *c)));
                }
                [1, 1, 0] => {
                    values
                        .extend(a[..n].iter().zip(&b[..n]).map(|(a, b)| f(*a, *b, c[0])));
                }
                [1, 0, 1] => {
                    values
                        .extend(a[..n].iter().zip(&c[..n]).map(|(a, c)| f(*a, b[0], *c)));
                }
                [p, q, r] => {
                    values.extend((0..n).map(|l| f(a[l * p], b[l * q], c[l * r])));
                }
            }
        });
        Array::new(values, &shape)
    }

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

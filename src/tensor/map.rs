//! One element at a time: a function of each element, of each pair, of each three.

use super::walk::fill;
use super::{Array, broadcast_shape};
use crate::cpu::pool::scratch;
use crate::cpu::vector::vectorised;
use crate::element::Element;

impl<T: Element> Array<T> {
    /// f of every element.
    pub fn map<U: Element>(&self, f: impl Fn(T) -> U + Sync) -> Array<U> {
        let mut values = scratch(self.size());
        fill(&mut values, [self.layout()], &|y, run| {
            let ([i], n) = (run.start, run.length);
            let a = &self.storage()[i..];
            vectorised(|| match run.step {
                [1] => y.iter_mut().zip(&a[..n]).for_each(|(y, a)| *y = f(*a)),
                [p] => (0..n).for_each(|k| y[k] = f(a[k * p])),
            })
        });
        Array::new(values, self.shape())
    }

    /// f of every pair of elements, the shapes broadcast to each other.
    ///
    /// # Panics
    /// When the shapes cannot be broadcast; `operation` is named.
    #[track_caller]
    pub fn zip<U: Element, V: Element>(
        &self,
        other: &Array<U>,
        operation: &str,
        f: impl Fn(T, U) -> V + Sync,
    ) -> Array<V> {
        let (a, b) = self.pair(other, operation);
        let mut values = scratch(a.size());
        fill(&mut values, [a.layout(), b.layout()], &|y, run| {
            let ([i, j], n) = (run.start, run.length);
            let (a, b) = (&a.storage()[i..], &b.storage()[j..]);
            vectorised(|| match run.step {
                [1, 1] => {
                    let pairs = a[..n].iter().zip(&b[..n]);
                    y.iter_mut().zip(pairs).for_each(|(y, (a, b))| *y = f(*a, *b));
                }
                [1, 0] => {
                    let b = b[0];
                    y.iter_mut().zip(&a[..n]).for_each(|(y, a)| *y = f(*a, b));
                }
                [0, 1] => {
                    let a = a[0];
                    y.iter_mut().zip(&b[..n]).for_each(|(y, b)| *y = f(a, *b));
                }
                // ANCHOR: run
                [p, q] => (0..n).for_each(|k| y[k] = f(a[k * p], b[k * q])),
                // ANCHOR_END: run
            })
        });
        Array::new(values, a.shape())
    }

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
        f: impl Fn(T, U, V) -> W + Sync,
    ) -> Array<W> {
        let (a, b, c) = self.three(second, third, operation);
        let mut values = scratch(a.size());
        fill(&mut values, [a.layout(), b.layout(), c.layout()], &|y, run| {
            let ([i, j, k], n) = (run.start, run.length);
            let (a, b, c) = (&a.storage()[i..], &b.storage()[j..], &c.storage()[k..]);
            // The usual cases first: the compiler makes them fast.
            vectorised(|| match run.step {
                [1, 1, 1] => {
                    let rest = b[..n].iter().zip(&c[..n]);
                    let all = y.iter_mut().zip(a[..n].iter().zip(rest));
                    all.for_each(|(y, (a, (b, c)))| *y = f(*a, *b, *c));
                }
                [1, 1, 0] => {
                    let (all, c) = (y.iter_mut().zip(a[..n].iter().zip(&b[..n])), c[0]);
                    all.for_each(|(y, (a, b))| *y = f(*a, *b, c));
                }
                [1, 0, 1] => {
                    let (all, b) = (y.iter_mut().zip(a[..n].iter().zip(&c[..n])), b[0]);
                    all.for_each(|(y, (a, c))| *y = f(*a, b, *c));
                }
                [p, q, r] => {
                    (0..n).for_each(|l| y[l] = f(a[l * p], b[l * q], c[l * r]));
                }
            })
        });
        Array::new(values, a.shape())
    }

    // ANCHOR: pair
    /// Views of both under the shape to which they are broadcast.
    ///
    /// # Panics
    /// When there is none; `operation` is named.
    #[track_caller]
    pub fn pair<U: Element>(
        &self,
        other: &Array<U>,
        operation: &str,
    ) -> (Array<T>, Array<U>) {
        let Some(shape) = broadcast_shape(self.shape(), other.shape()) else {
            panic!(
                "{operation}: {:?} and {:?} do not fit: matched from the right, sizes must \
                 be equal, or one of them 1",
                self.shape(),
                other.shape()
            );
        };
        (self.broadcast_to(&shape), other.broadcast_to(&shape))
    }
    // ANCHOR_END: pair

    /// Views of all three under the shape to which they are broadcast.
    ///
    /// # Panics
    /// When there is none; `operation` is named.
    #[track_caller]
    pub fn three<U: Element, V: Element>(
        &self,
        second: &Array<U>,
        third: &Array<V>,
        operation: &str,
    ) -> (Array<T>, Array<U>, Array<V>) {
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
        let (second, third) = (second.broadcast_to(&shape), third.broadcast_to(&shape));
        (self.broadcast_to(&shape), second, third)
    }

    /// A view of this under the shape of what it is added to, or otherwise put into.
    ///
    /// # Panics
    /// When it cannot be broadcast to that; `operation` is named.
    #[track_caller]
    pub(super) fn as_part_of(&self, shape: &[usize], operation: &str) -> Array<T> {
        match self.layout().broadcast_to(shape) {
            Some(layout) => self.view(layout),
            None => {
                panic!("{operation}: {:?} cannot be broadcast to {shape:?}", self.shape())
            }
        }
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
        f: impl Fn(T, U) -> T + Sync,
    ) {
        let theirs = other.as_part_of(self.shape(), operation).layout().clone();
        fill(self.make_mut(), [&theirs], &|x, run| {
            let ([j], n) = (run.start, run.length);
            let others = &other.storage()[j..];
            vectorised(|| match run.step {
                [1] => x.iter_mut().zip(&others[..n]).for_each(|(x, y)| *x = f(*x, *y)),
                [0] => {
                    let y = others[0];
                    x.iter_mut().for_each(|x| *x = f(*x, y));
                }
                [q] => (0..n).for_each(|k| x[k] = f(x[k], others[k * q])),
            })
        });
    }
}

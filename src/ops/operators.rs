//! `&a + &b`, `a * 2.0`, `-a`: the operators, for tensors that are lent or given away, and
//! with a number on the right.

use crate::autograd::TensorOf;
use crate::element::Real;
use crate::tensor::Array;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// What may stand on the right of an operator: a tensor, a reference to one, or a number,
/// which is a tensor without axes.
pub trait Operand<T: Real> {
    /// It, as a tensor.
    fn tensor(self) -> TensorOf<T>;
}

impl<T: Real> Operand<T> for TensorOf<T> {
    fn tensor(self) -> TensorOf<T> {
        self
    }
}

impl<T: Real> Operand<T> for &TensorOf<T> {
    fn tensor(self) -> TensorOf<T> {
        self.clone()
    }
}

impl<T: Real> Operand<T> for T {
    fn tensor(self) -> TensorOf<T> {
        Array::scalar(self).into()
    }
}

macro_rules! operator {
    ($operator:ident, $method:ident, $left:ty) => {
        impl<T: Real, R: Operand<T>> $operator<R> for $left {
            type Output = TensorOf<T>;

            #[track_caller]
            fn $method(self, right: R) -> TensorOf<T> {
                TensorOf::$method(&self, &right.tensor())
            }
        }
    };
}

operator!(Add, add, TensorOf<T>);
operator!(Add, add, &TensorOf<T>);
operator!(Sub, sub, TensorOf<T>);
operator!(Sub, sub, &TensorOf<T>);
operator!(Mul, mul, TensorOf<T>);
operator!(Mul, mul, &TensorOf<T>);
operator!(Div, div, TensorOf<T>);
operator!(Div, div, &TensorOf<T>);

impl<T: Real> Neg for TensorOf<T> {
    type Output = TensorOf<T>;

    fn neg(self) -> TensorOf<T> {
        TensorOf::neg(&self)
    }
}

impl<T: Real> Neg for &TensorOf<T> {
    type Output = TensorOf<T>;

    fn neg(self) -> TensorOf<T> {
        TensorOf::neg(self)
    }
}

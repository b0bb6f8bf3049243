//! What an array can hold: numbers to compute with (`f32`, `f64`), and numbers that count
//! or label (`u32`).

use crate::cpu::pool::Pool;
use crate::cpu::{erf, functions};
use std::fmt::{Debug, Display};
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
    impl Sealed for u32 {}
}

/// What an array can hold: `f32`, `f64`, `u32`.
pub trait Element:
    sealed::Sealed
    + Copy
    + Default
    + PartialEq
    + PartialOrd
    + Debug
    + Display
    + Send
    + Sync
    + 'static
{
    /// The type's name, for messages and files: `f32`.
    const NAME: &'static str;
    /// How many bytes a number takes.
    const BYTES: usize;

    /// Appends the number's bytes, the least significant first.
    fn write(self, bytes: &mut Vec<u8>);

    /// The number of these bytes, the least significant first.
    ///
    /// # Panics
    /// When there are not as many as a number takes.
    fn read(bytes: &[u8]) -> Self;

    /// Where blocks of this type wait to be used again.
    fn pool() -> &'static Pool<Self>;
}

macro_rules! element {
    ($t:ident) => {
        impl Element for $t {
            const NAME: &'static str = stringify!($t);
            const BYTES: usize = size_of::<$t>();

            fn write(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }
            fn read(bytes: &[u8]) -> $t {
                $t::from_le_bytes(
                    bytes.try_into().expect("as many bytes as a number takes"),
                )
            }
            fn pool() -> &'static Pool<$t> {
                static POOL: Pool<$t> = Pool::new();
                &POOL
            }
        }
    };
}

element!(f32);
element!(f64);
element!(u32);

/// The types that have derivatives: `f32` to train in, `f64` to check gradients in.
pub trait Real:
    Element
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
{
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// ∞.
    const INFINITY: Self;

    /// The nearest number of this type.
    fn of(value: f64) -> Self;
    /// Exactly this number.
    fn f64(self) -> f64;

    /// eˣ.
    fn exp(self) -> Self;
    /// The natural logarithm.
    fn ln(self) -> Self;
    /// ln(1 + x), exact for tiny x.
    fn ln_1p(self) -> Self;
    /// √x.
    fn sqrt(self) -> Self;
    /// tanh x.
    fn tanh(self) -> Self;
    /// Φ(x), the share of a standard normal distribution that lies below x.
    fn normal_cdf(self) -> Self;
    /// |x|.
    fn abs(self) -> Self;
    /// xᵖ.
    fn powf(self, exponent: Self) -> Self;
    /// The larger of the two; the other one if one is not a number.
    fn max(self, other: Self) -> Self;
    /// The smaller of the two; the other one if one is not a number.
    fn min(self, other: Self) -> Self;
    /// Neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// NaN.
    fn is_nan(self) -> bool;

    /// C ← A B + β C for matrices that lie in memory with any strides.
    ///
    /// # Safety
    /// Every element that shapes and strides reach must lie in its allocation; C's must be
    /// distinct from each other and from A's and B's.
    unsafe fn gemm(
        shape: [usize; 3],
        a: (*const Self, [isize; 2]),
        b: (*const Self, [isize; 2]),
        beta: Self,
        c: (*mut Self, [isize; 2]),
    );
}

macro_rules! real {
    ($t:ident, $gemm:path, exp: $exp:path, tanh: $tanh:path, normal_cdf: $cdf:path) => {
        impl Real for $t {
            const ZERO: $t = 0.0;
            const ONE: $t = 1.0;
            const INFINITY: $t = $t::INFINITY;

            fn of(value: f64) -> $t {
                value as $t
            }
            fn f64(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn exp(self) -> $t {
                $exp(self)
            }
            fn ln(self) -> $t {
                $t::ln(self)
            }
            fn ln_1p(self) -> $t {
                $t::ln_1p(self)
            }
            fn sqrt(self) -> $t {
                $t::sqrt(self)
            }
            #[inline(always)]
            fn tanh(self) -> $t {
                $tanh(self)
            }
            #[inline(always)]
            fn normal_cdf(self) -> $t {
                $cdf(self)
            }
            fn abs(self) -> $t {
                $t::abs(self)
            }
            fn powf(self, exponent: $t) -> $t {
                $t::powf(self, exponent)
            }
            fn max(self, other: $t) -> $t {
                $t::max(self, other)
            }
            fn min(self, other: $t) -> $t {
                $t::min(self, other)
            }
            fn is_finite(self) -> bool {
                $t::is_finite(self)
            }
            fn is_nan(self) -> bool {
                $t::is_nan(self)
            }
            unsafe fn gemm(
                [m, k, n]: [usize; 3],
                a: (*const $t, [isize; 2]),
                b: (*const $t, [isize; 2]),
                beta: $t,
                c: (*mut $t, [isize; 2]),
            ) {
                let ([ra, ca], [rb, cb], [rc, cc]) = (a.1, b.1, c.1);
                // SAFETY: the caller's promises are what `matrixmultiply` asks for.
                unsafe {
                    $gemm(m, k, n, 1.0, a.0, ra, ca, b.0, rb, cb, beta, c.0, rc, cc);
                }
            }
        }
    };
}

// In f32, to train in, functions that fit into vector registers; in f64, to check gradients
// in, the most exact ones.
real!(
    f32, matrixmultiply::sgemm,
    exp: functions::exp, tanh: functions::tanh, normal_cdf: functions::normal_cdf
);
real!(f64, matrixmultiply::dgemm, exp: f64::exp, tanh: f64::tanh, normal_cdf: erf::normal_cdf);

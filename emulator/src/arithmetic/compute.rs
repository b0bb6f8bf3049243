//! What an instruction without side effects does: a function of one lane's operands, made
//! into a loop over 32 lanes.

use super::bits::Bits;
use crate::types::{LANES, Lanes, Mask, Type};

type Loop<D> = Box<dyn Fn([&Lanes; 3]) -> D + Send + Sync>;

/// An instruction of up to three operands and one result.
pub struct Compute {
    /// All 32 lanes at once; operands that the instruction has not are ignored.
    pub run: Loop<Lanes>,
    /// The types of its operands.
    pub inputs: Vec<Type>,
    /// The type of its result.
    pub output: Type,
    /// How far the result may lie from the exact one, if the ISA leaves it open.
    pub bound: Option<Bound>,
}

/// How exact an approximate instruction is by its documentation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Bound {
    /// Within so many units in the last place of the correctly rounded result.
    Ulps(u32),
    /// Within this relative error.
    Relative(f64),
    /// Within this absolute error.
    Absolute(f64),
}

/// An instruction of up to three operands whose result is a predicate.
pub struct Comparison {
    /// All 32 lanes at once.
    pub run: Loop<Mask>,
    /// The types of its operands.
    pub inputs: Vec<Type>,
}

fn compute<D: Bits>(inputs: Vec<Type>, run: Loop<Lanes>) -> Compute {
    Compute { run, inputs, output: D::TYPE, bound: None }
}

/// d = f(a).
pub fn unary<A: Bits, D: Bits>(f: impl Fn(A) -> D + Send + Sync + 'static) -> Compute {
    let run = move |[a, _, _]: [&Lanes; 3]| {
        std::array::from_fn(|i| f(A::from_bits(a[i])).bits())
    };
    compute::<D>(vec![A::TYPE], Box::new(run))
}

/// d = f(a, b).
pub fn binary<A: Bits, B: Bits, D: Bits>(
    f: impl Fn(A, B) -> D + Send + Sync + 'static,
) -> Compute {
    let run = move |[a, b, _]: [&Lanes; 3]| {
        std::array::from_fn(|i| f(A::from_bits(a[i]), B::from_bits(b[i])).bits())
    };
    compute::<D>(vec![A::TYPE, B::TYPE], Box::new(run))
}

/// d = f(a, b, c).
pub fn ternary<A: Bits, B: Bits, C: Bits, D: Bits>(
    f: impl Fn(A, B, C) -> D + Send + Sync + 'static,
) -> Compute {
    let run = move |[a, b, c]: [&Lanes; 3]| {
        std::array::from_fn(|i| {
            f(A::from_bits(a[i]), B::from_bits(b[i]), C::from_bits(c[i])).bits()
        })
    };
    compute::<D>(vec![A::TYPE, B::TYPE, C::TYPE], Box::new(run))
}

/// p = f(a, b).
pub fn comparison<T: Bits>(
    f: impl Fn(T, T) -> bool + Send + Sync + 'static,
) -> Comparison {
    let run = move |[a, b, _]: [&Lanes; 3]| {
        let test = |i: usize| f(T::from_bits(a[i]), T::from_bits(b[i]));
        (0..LANES).fold(0, |mask, i| mask | (test(i) as Mask) << i)
    };
    Comparison { run: Box::new(run), inputs: vec![T::TYPE; 2] }
}

//! What an instruction without side effects does: a function of one lane's operands, made
//! into a loop over 32 lanes.

use super::bits::Bits;
use super::bound::Bound;
use crate::types::{LANES, Lanes, Mask, Type};

/// The most operands that an instruction has: `bfi`, `lop3`.
pub const OPERANDS: usize = 4;

type Loop<D> = Box<dyn Fn([&Lanes; OPERANDS]) -> D + Send + Sync>;

/// An instruction of up to four operands and one result.
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

/// An instruction of up to four operands whose result is a predicate.
pub struct Comparison {
    /// All 32 lanes at once.
    pub run: Loop<Mask>,
    /// The types of its operands.
    pub inputs: Vec<Type>,
}

fn compute<D: Bits>(inputs: Vec<Type>, run: Loop<Lanes>) -> Compute {
    Compute { run, inputs, output: D::TYPE, bound: None }
}

/// d = f(a, b, c, d) on bits, for what no number of Rust's stands for.
pub fn on_bits(
    inputs: &[Type],
    output: Type,
    f: impl Fn([u64; OPERANDS]) -> u64 + Send + Sync + 'static,
) -> Compute {
    let run = move |lanes: [&Lanes; OPERANDS]| {
        std::array::from_fn(|i| f(lanes.map(|lanes| lanes[i])))
    };
    Compute { run: Box::new(run), inputs: inputs.to_vec(), output, bound: None }
}

/// d = f(a).
pub fn unary<A: Bits, D: Bits>(f: impl Fn(A) -> D + Send + Sync + 'static) -> Compute {
    let run = move |[a, ..]: [&Lanes; OPERANDS]| {
        std::array::from_fn(|i| f(A::from_bits(a[i])).bits())
    };
    compute::<D>(vec![A::TYPE], Box::new(run))
}

/// d = f(a, b).
pub fn binary<A: Bits, B: Bits, D: Bits>(
    f: impl Fn(A, B) -> D + Send + Sync + 'static,
) -> Compute {
    let run = move |[a, b, ..]: [&Lanes; OPERANDS]| {
        std::array::from_fn(|i| f(A::from_bits(a[i]), B::from_bits(b[i])).bits())
    };
    compute::<D>(vec![A::TYPE, B::TYPE], Box::new(run))
}

/// d = f(a, b, c).
pub fn ternary<A: Bits, B: Bits, C: Bits, D: Bits>(
    f: impl Fn(A, B, C) -> D + Send + Sync + 'static,
) -> Compute {
    let run = move |[a, b, c, _]: [&Lanes; OPERANDS]| {
        std::array::from_fn(|i| {
            f(A::from_bits(a[i]), B::from_bits(b[i]), C::from_bits(c[i])).bits()
        })
    };
    compute::<D>(vec![A::TYPE, B::TYPE, C::TYPE], Box::new(run))
}

/// p = f(a, b) on bits.
pub fn comparison_on_bits(
    inputs: &[Type],
    f: impl Fn(u64, u64) -> bool + Send + Sync + 'static,
) -> Comparison {
    let run = move |[a, b, ..]: [&Lanes; OPERANDS]| {
        (0..LANES).fold(0, |mask, i| mask | (f(a[i], b[i]) as Mask) << i)
    };
    Comparison { run: Box::new(run), inputs: inputs.to_vec() }
}

//! Floating-point arithmetic with every rounding, `.ftz`, `.sat` and `.relu`, in every format
//! (ISA, sections 9.7.3 and 9.7.4).

use super::compute::{Compute, OPERANDS, on_bits};
use super::everyday;
use super::exact;
use super::format::{BF16, F16, F32, F64, Format, Number, Rounding};
use super::modifiers::Modifiers;
use crate::types::Type;

/// How a result is made of an exact one.
#[derive(Clone, Copy)]
pub struct Style {
    pub format: Format,
    pub rounding: Rounding,
    /// `.ftz`.
    pub flush: bool,
    /// `.sat`: to [0, 1], NaN to +0.
    pub saturate: bool,
    /// `.relu`: negative numbers to +0.
    pub relu: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Operation {
    Add,
    Subtract,
    Multiply,
    Fused,
    Divide,
    Reciprocal,
    Root,
}

use Operation::*;

impl Style {
    /// Without modifiers: to nearest.
    pub fn plain(format: Format) -> Style {
        let rounding = Rounding::Nearest;
        Style { format, rounding, flush: false, saturate: false, relu: false }
    }

    /// The operation on bits; operands that it has not are ignored.
    pub fn apply(self, operation: Operation, [a, b, c, _]: [u64; OPERANDS]) -> u64 {
        let f = self.format;
        let [a, b, c] = match operation {
            Reciprocal => [f.one(), a, 0],
            Root => [a, 0, 0],
            Fused => [a, b, c],
            _ => [a, b, 0],
        };
        // Whose NaN lives on.
        let order = if operation == Divide { [a, b, 0] } else { [b, c, a] };
        if let Some(nan) = f.handed_on(&order) {
            return self.finish(nan);
        }
        let flushed = |bits| if self.flush { f.flush(bits) } else { bits };
        let (a, b, c) = (flushed(a), flushed(b), flushed(c));
        let finite = f.is_finite(a) && f.is_finite(b) && f.is_finite(c);
        let (x, y, z) = (f.number(a), f.number(b), f.number(c));
        let minus_y = Number { negative: !y.negative, ..y };
        let exact = match operation {
            Add if finite => exact::add(x, y, self.rounding),
            Subtract if finite => exact::add(x, minus_y, self.rounding),
            Multiply if finite => exact::multiply(x, y),
            Fused if finite => exact::add(exact::multiply(x, y), z, self.rounding),
            Divide | Reciprocal if finite && y.significand != 0 => exact::divide(x, y),
            Root if finite && (!x.negative || x.significand == 0) => {
                exact::square_root(x)
            }
            _ => return self.finish(self.without_rounding(operation, [a, b, c])),
        };
        self.finish(f.round(exact, self.rounding, self.flush))
    }

    /// An infinity, a zero or a NaN, of operands that are infinite or not in the domain: every
    /// format agrees with f64.
    fn without_rounding(self, operation: Operation, operands: [u64; 3]) -> u64 {
        let [x, y, z] = operands.map(|bits| self.format.value(bits));
        self.format.nearest(match operation {
            Add => x + y,
            Subtract => x - y,
            Multiply => x * y,
            Fused => x.mul_add(y, z),
            Divide | Reciprocal => x / y,
            Root => x.sqrt(),
        })
    }

    /// `.sat` and `.relu` of a rounded result.
    pub fn finish(self, bits: u64) -> u64 {
        let f = self.format;
        if self.saturate && (f.is_nan(bits) || f.negative(bits)) {
            return 0;
        }
        if self.saturate {
            return bits.min(f.one());
        }
        if self.relu && f.negative(bits) && !f.is_nan(bits) { 0 } else { bits }
    }
}

/// The instruction, if it is one of these.
pub fn float(base: &str, modifiers: &[&str]) -> Option<Compute> {
    let (name, mode) = modifiers.split_last()?;
    let element = Type::named(name)?;
    let common = match element {
        Type::F32 => everyday::single(base, mode),
        Type::F64 => everyday::double(base, mode),
        _ => None,
    };
    common.or_else(|| general(base, modifiers)).or_else(|| choice(base, modifiers))
}

/// `add{.rnd}{.ftz}{.sat}`, `fma.rnd{.ftz}{.sat}{.relu}`, …
pub fn general(base: &str, modifiers: &[&str]) -> Option<Compute> {
    let (operation, arity) = match base {
        "add" => (Add, 2),
        "sub" => (Subtract, 2),
        "mul" => (Multiply, 2),
        "fma" | "mad" => (Fused, 3),
        "div" => (Divide, 2),
        "rcp" => (Reciprocal, 1),
        "sqrt" => (Root, 1),
        _ => return None,
    };
    let mut modifiers = Modifiers(modifiers);
    let rounding = modifiers.rounding();
    let flush = modifiers.flag("ftz");
    let saturate = modifiers.flag("sat");
    let relu = modifiers.flag("relu");
    let element = modifiers.element()?;
    let format = Format::of(element)?;

    let optional = matches!(operation, Add | Subtract | Multiply);
    let half = format == F16 || format == BF16;
    let known = (rounding.is_some() || optional)
        && !(half && (matches!(operation, Divide | Reciprocal | Root) || base == "mad"))
        && !(half && rounding.is_some_and(|rounding| rounding != Rounding::Nearest))
        && !(flush && (format == F64 || format == BF16))
        && !(saturate && (format == F64 || format == BF16))
        && !(saturate && matches!(operation, Divide | Reciprocal | Root))
        && !(relu && (!half || base != "fma" || saturate));
    if !known {
        return None;
    }
    let rounding = rounding.unwrap_or(Rounding::Nearest);
    let style = Style { format, rounding, flush, saturate, relu };
    Some(each(element, arity, move |operands| style.apply(operation, operands)))
}

/// `min{.ftz}{.NaN}`, `max{.ftz}{.NaN}`, `abs{.ftz}`, `neg{.ftz}`, `copysign`.
fn choice(base: &str, modifiers: &[&str]) -> Option<Compute> {
    let mut modifiers = Modifiers(modifiers);
    let flush = modifiers.flag("ftz");
    let nan_wins = modifiers.flag("NaN");
    let element = modifiers.element()?;
    let f = Format::of(element)?;
    let extreme = matches!(base, "min" | "max");
    let known = !(flush && (f == F64 || f == BF16))
        && !(nan_wins && (!extreme || f == F64))
        && !(base == "copysign" && (flush || !(f == F32 || f == F64)));
    if !known {
        return None;
    }
    let flushed = move |bits| if flush { f.flush(bits) } else { bits };
    // The sign of a NaN stays.
    let unless_nan = move |bits, result| f.handed_on(&[bits]).unwrap_or(result);
    Some(match base {
        "min" | "max" => {
            let largest = base == "max";
            each(element, 2, move |[a, b, ..]| {
                extreme_of(f, flushed(a), flushed(b), largest, nan_wins)
            })
        }
        "abs" => each(element, 1, move |[a, ..]| unless_nan(a, f.magnitude(flushed(a)))),
        "neg" => each(element, 1, move |[a, ..]| unless_nan(a, flushed(a) ^ f.sign())),
        // The magnitude of b with the sign of a.
        "copysign" => each(element, 2, move |[a, b, ..]| f.magnitude(b) | a & f.sign()),
        _ => return None,
    })
}

/// A number before a NaN, or after it; −0 below +0.
fn extreme_of(f: Format, a: u64, b: u64, largest: bool, nan_wins: bool) -> u64 {
    match (f.is_nan(a), f.is_nan(b)) {
        (false, false) => {
            let order = |bits| if f.negative(bits) { !bits } else { bits | f.sign() };
            let mask = f.sign() | (f.sign() - 1);
            if ((order(a) & mask) < (order(b) & mask)) == largest { b } else { a }
        }
        (true, false) if !nan_wins => b,
        (false, true) if !nan_wins => a,
        _ => f.handed_on(&[b, a]).unwrap_or(f.nan),
    }
}

/// A function of so many operands of this type, or of each half of them.
pub fn each(
    element: Type,
    operands: usize,
    f: impl Fn([u64; OPERANDS]) -> u64 + Send + Sync + 'static,
) -> Compute {
    let inputs = vec![element; operands];
    let mask = match element {
        Type::F64 => u64::MAX,
        Type::F32 => 0xffff_ffff,
        _ => 0xffff,
    };
    match element {
        Type::F16x2 | Type::Bf16x2 => on_bits(&inputs, element, move |operands| {
            f(operands.map(|bits| bits & mask))
                | f(operands.map(|bits| bits >> 16 & mask)) << 16
        }),
        _ => {
            on_bits(&inputs, element, move |operands| f(operands.map(|bits| bits & mask)))
        }
    }
}

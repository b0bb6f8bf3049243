//! Approximate instructions: the correctly rounded result, with the bound that the ISA states
//! for the device's (ISA, sections 9.7.3 and 9.7.4).

use super::bound::Bound;
use super::compute::{Compute, binary, on_bits, unary};
use super::everyday::{flush, one_nan, round_flushing};
use super::exact;
use super::float::each;
use super::format::{F64, Format, Number, Rounding};
use super::modifiers::Modifiers;
use crate::types::Type;

/// The instruction, if it is one of these.
pub fn approximate(base: &str, modifiers: &[&str]) -> Option<Compute> {
    let (compute, bound) = match (base, modifiers) {
        ("div", ["approx" | "full", ..]) => quotient(modifiers)?,
        (_, ["approx", rest @ ..]) => {
            let mut rest = Modifiers(rest);
            let flush = rest.flag("ftz");
            match rest.element()? {
                Type::F32 => single(base, flush)?,
                Type::F64 => double(base, flush)?,
                element => half(base, flush, element)?,
            }
        }
        _ => return None,
    };
    Some(Compute { bound: Some(bound), ..compute })
}

fn steps(steps: u32) -> Bound {
    Bound { steps, ..Bound::default() }
}

fn relative(log2: f64) -> Bound {
    Bound { relative: log2.exp2(), ..Bound::default() }
}

fn absolute(log2: f64) -> Bound {
    Bound { absolute: log2.exp2(), ..Bound::default() }
}

fn exact_powers(bound: Bound) -> Bound {
    Bound { powers_of_two: true, ..bound }
}

/// What the instruction stands for, in f64.
fn function(base: &str) -> Option<fn(f64) -> f64> {
    Some(match base {
        "ex2" => f64::exp2,
        "lg2" => f64::log2,
        "rcp" => f64::recip,
        "sqrt" => f64::sqrt,
        "rsqrt" => |a| a.sqrt().recip(),
        "sin" => f64::sin,
        "cos" => f64::cos,
        "tanh" => f64::tanh,
        _ => return None,
    })
}

/// f32 of one operand.
fn single(base: &str, flushing: bool) -> Option<(Compute, Bound)> {
    let bound = match base {
        "ex2" => exact_powers(steps(2)),
        // Absolute where the logarithm is below 1.
        "lg2" => Bound { absolute: (-22f64).exp2(), ..relative(-22.0) },
        "rcp" => steps(1),
        "sqrt" => relative(-23.0),
        "rsqrt" => relative(-22.9),
        // For arguments up to 2π; what is larger may err more.
        "sin" => absolute(-20.5),
        "cos" => exact_powers(absolute(-20.5)),
        "tanh" if !flushing => exact_powers(relative(-11.0)),
        _ => return None,
    };
    let function = function(base)?;
    let compute = match flushing {
        true => unary(move |a: f32| round_flushing(function(flush(a) as f64))),
        false => unary(move |a: f32| one_nan(function(a as f64) as f32)),
    };
    Some((compute, bound))
}

/// f16, bf16 and pairs of them.
fn half(base: &str, flushing: bool, element: Type) -> Option<(Compute, Bound)> {
    use Type::*;
    let bound = match (base, element, flushing) {
        ("ex2", F16 | F16x2, false) => relative(-9.9),
        ("ex2", Bf16 | Bf16x2, true) => relative(-7.0),
        ("tanh", F16 | F16x2, false) => absolute(-10.987),
        ("tanh", Bf16 | Bf16x2, false) => absolute(-8.0),
        _ => return None,
    };
    let (f, function) = (Format::of(element)?, function(base)?);
    let compute = each(element, 1, move |[a, ..]| match flushing {
        true => f.flush(f.nearest(function(f.value(f.flush(a))))),
        false => f.nearest(function(f.value(a))),
    });
    Some((compute, exact_powers(bound)))
}

/// f64. The ISA states no bound: these are the 20 bits that the fast ones work with, and one
/// step for the other, which the device keeps.
fn double(base: &str, flushing: bool) -> Option<(Compute, Bound)> {
    let (function, bound): (fn(u64) -> u64, _) = match (base, flushing) {
        ("rsqrt", false) => (inverse_root, steps(1)),
        ("rsqrt", true) => (|a| high_words(inverse_root, a), relative(-20.0)),
        ("rcp", true) => {
            (|a| high_words(|a| F64.value(a).recip().to_bits(), a), relative(-20.0))
        }
        _ => return None,
    };
    Some((on_bits(&[Type::F64], Type::F64, move |[a, ..]| function(a)), bound))
}

/// 1/√a.
fn inverse_root(a: u64) -> u64 {
    if let Some(nan) = F64.handed_on(&[a]) {
        return nan;
    }
    match F64.value(a) {
        value if value > 0.0 && value.is_finite() => {
            let one = Number { negative: false, significand: 1, exponent: 0 };
            let root = exact::square_root(F64.number(a));
            F64.round(exact::divide(one, root), Rounding::Nearest, false)
        }
        value => F64.nearest(value.sqrt().recip()),
    }
}

/// `.approx.ftz.f64`: the low words of operand and result count for nothing.
fn high_words(function: impl Fn(u64) -> u64, a: u64) -> u64 {
    const HIGH: u64 = 0xffff_ffff << 32;
    let result = F64.flush(function(F64.flush(a & HIGH)));
    // The nearest with a low word of zero.
    if F64.is_nan(result) { 0x7fff_ffff << 32 } else { (result + (1 << 31)) & HIGH }
}

/// `div.approx{.ftz}.f32` and `div.full{.ftz}.f32`.
fn quotient(modifiers: &[&str]) -> Option<(Compute, Bound)> {
    let divide = |a: f32, b: f32| a as f64 / b as f64;
    // The approximate one multiplies with the reciprocal, which is subnormal for a large b and
    // counts as zero.
    let by_reciprocal = move |a: f32, b: f32| match b.abs() {
        large if large > 126f32.exp2() && large.is_finite() => {
            a as f64 * 0f64.copysign(b as f64)
        }
        _ => divide(a, b),
    };
    let round = |a: f64| one_nan(a as f32);
    let compute = match modifiers {
        ["approx", "f32"] => binary(move |a, b| round(by_reciprocal(a, b))),
        ["full", "f32"] => binary(move |a, b| round(divide(a, b))),
        ["approx", "ftz", "f32"] => {
            binary(move |a, b| round_flushing(by_reciprocal(flush(a), flush(b))))
        }
        ["full", "ftz", "f32"] => {
            binary(move |a, b| round_flushing(divide(flush(a), flush(b))))
        }
        _ => return None,
    };
    Some((compute, steps(2)))
}

//! The everyday instructions of f32 and f64, rounded to nearest: what the host does itself, in
//! loops that the compiler turns into vector code. A NaN is the device's, not the host's.

use super::compute::{Compute, binary, ternary, unary};
use super::format::F64;

/// Below this, a positive number rounds to less than 2^-126, the smallest normal f32, if
/// exponents had no lower end; at it, half-way, it rounds to that even number.
const TINY: f64 = f32::MIN_POSITIVE as f64 * (1.0 - 1.0 / (1 << 25) as f64);

/// f32 knows one NaN. (By its bits: after `sqrt` the compiler drops a test by `is_nan`.)
pub fn one_nan(a: f32) -> f32 {
    let nan = a.to_bits() & 0x7fff_ffff > 0x7f80_0000;
    if nan { f32::from_bits(0x7fff_ffff) } else { a }
}

/// The zero of a number's sign.
fn zero(a: f32) -> f32 {
    f32::from_bits(a.to_bits() & 1 << 31)
}

/// `.ftz` of an operand.
pub fn flush(a: f32) -> f32 {
    if a.abs() < f32::MIN_POSITIVE { zero(a) } else { a }
}

/// `.ftz` of a result: tiny is decided after rounding, as if exponents had no lower end.
pub fn round_flushing(a: f64) -> f32 {
    let rounded = one_nan(a as f32);
    if a.abs() < TINY { zero(rounded) } else { rounded }
}

/// a · b + c, rounded to odd: a later rounding to f32 or f16 is as good as one of the exact
/// result (Boldo and Melquiond 2008).
fn fused(a: f32, b: f32, c: f32) -> f64 {
    // 24 + 24 bits fit into 53.
    let product = a as f64 * b as f64;
    let c = c as f64;
    let sum = product + c;
    // TwoSum (Knuth): sum + error is exact; NaN if sum is not finite.
    let part = sum - product;
    let error = (product - (sum - part)) + (c - part);
    let bits = sum.to_bits();
    // To the odd neighbour on the side where the exact result lies.
    let moved = if (error > 0.0) == (sum > 0.0) {
        bits.wrapping_add(1)
    } else {
        bits.wrapping_sub(1)
    };
    let inexact = error.abs() > 0.0;
    f64::from_bits(if inexact && bits & 1 == 0 { moved } else { bits })
}

/// An integer in the order of the numbers, −0 below +0.
fn order(a: f32) -> i32 {
    let bits = a.to_bits() as i32;
    bits ^ ((bits >> 31) as u32 >> 1) as i32
}

/// A number before a NaN.
fn number(a: f32, b: f32, chosen: f32) -> f32 {
    one_nan(if a.is_nan() {
        b
    } else if b.is_nan() {
        a
    } else {
        chosen
    })
}

fn least(a: f32, b: f32) -> f32 {
    number(a, b, if order(b) < order(a) { b } else { a })
}

fn largest(a: f32, b: f32) -> f32 {
    number(a, b, if order(b) > order(a) { b } else { a })
}

/// f32, if the instruction is one of these; `mode` is what stands before the type.
pub fn single(base: &str, mode: &[&str]) -> Option<Compute> {
    Some(match (base, mode) {
        ("add", [] | ["rn"]) => binary(|a: f32, b: f32| one_nan(a + b)),
        ("sub", [] | ["rn"]) => binary(|a: f32, b: f32| one_nan(a - b)),
        ("mul", [] | ["rn"]) => binary(|a: f32, b: f32| one_nan(a * b)),
        ("div", ["rn"]) => binary(|a: f32, b: f32| one_nan(a / b)),
        ("rcp", ["rn"]) => unary(|a: f32| one_nan(1.0 / a)),
        ("sqrt", ["rn"]) => unary(|a: f32| one_nan(a.sqrt())),
        ("fma" | "mad", ["rn"]) => {
            ternary(|a: f32, b: f32, c: f32| one_nan(fused(a, b, c) as f32))
        }
        // A sum that is subnormal is exact.
        ("add", ["ftz"] | ["rn", "ftz"]) => {
            binary(|a: f32, b: f32| flush(one_nan(flush(a) + flush(b))))
        }
        ("sub", ["ftz"] | ["rn", "ftz"]) => {
            binary(|a: f32, b: f32| flush(one_nan(flush(a) - flush(b))))
        }
        ("mul", ["ftz"] | ["rn", "ftz"]) => {
            binary(|a: f32, b: f32| round_flushing(flush(a) as f64 * flush(b) as f64))
        }
        ("fma" | "mad", ["rn", "ftz"]) => ternary(|a: f32, b: f32, c: f32| {
            round_flushing(fused(flush(a), flush(b), flush(c)))
        }),
        ("abs", []) => unary(|a: f32| one_nan(a.abs())),
        ("neg", []) => unary(|a: f32| one_nan(-a)),
        ("abs", ["ftz"]) => unary(|a: f32| one_nan(flush(a).abs())),
        ("neg", ["ftz"]) => unary(|a: f32| one_nan(-flush(a))),
        ("min", []) => binary(least),
        ("max", []) => binary(largest),
        ("min", ["ftz"]) => binary(|a: f32, b: f32| least(flush(a), flush(b))),
        ("max", ["ftz"]) => binary(|a: f32, b: f32| largest(flush(a), flush(b))),
        _ => return None,
    })
}

/// Frequent conversions with integers: the host's clamp and give 0 for a NaN, as the device's.
pub fn conversion(modifiers: &[&str]) -> Option<Compute> {
    Some(match modifiers {
        ["rn", "f32", "s32"] => unary(|a: i32| a as f32),
        ["rn", "f32", "u32"] => unary(|a: u32| a as f32),
        ["rn", "f32", "s64"] => unary(|a: i64| a as f32),
        ["rn", "f32", "u64"] => unary(|a: u64| a as f32),
        ["u64", "u32"] => unary(|a: u32| a as u64),
        ["s64", "s32"] => unary(|a: i32| a as i64),
        ["u32", "u64"] => unary(|a: u64| a as u32),
        ["rzi", "u32", "f32"] => unary(|a: f32| a as u32),
        _ => return None,
    })
}

/// Of f64 operands the first NaN lives on, made quiet; an invalid operation has one of its own.
fn nan_of<const N: usize>(operands: [f64; N], result: f64) -> f64 {
    if !F64.is_nan(result.to_bits()) {
        return result;
    }
    f64::from_bits(F64.handed_on(&operands.map(f64::to_bits)).unwrap_or(F64.nan))
}

/// f64, if the instruction is one of these.
pub fn double(base: &str, mode: &[&str]) -> Option<Compute> {
    Some(match (base, mode) {
        ("add", [] | ["rn"]) => binary(|a: f64, b: f64| nan_of([b, a], a + b)),
        ("sub", [] | ["rn"]) => binary(|a: f64, b: f64| nan_of([b, a], a - b)),
        ("mul", [] | ["rn"]) => binary(|a: f64, b: f64| nan_of([b, a], a * b)),
        ("div", ["rn"]) => binary(|a: f64, b: f64| nan_of([a, b], a / b)),
        ("rcp", ["rn"]) => unary(|a: f64| nan_of([a], 1.0 / a)),
        ("sqrt", ["rn"]) => unary(|a: f64| nan_of([a], a.sqrt())),
        ("fma" | "mad", ["rn"]) => {
            ternary(|a: f64, b: f64, c: f64| nan_of([b, c, a], a.mul_add(b, c)))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::arithmetic::compute::OPERANDS;
    use crate::arithmetic::float::general;
    use crate::arithmetic::format::{F32, F64};
    use crate::random::Random;
    use crate::types::{LANES, Lanes};

    /// Numbers of all sizes, of few bits, near to each other, at the ends, and special ones.
    fn operand(random: &mut Random, last: u64, double: bool) -> u64 {
        let f = if double { F64 } else { F32 };
        let bits = random.bits() & (f.sign() | (f.sign() - 1));
        let fraction = (1 << f.fraction) - 1;
        match random.bits() % 8 {
            0 => bits,
            1 => bits & !(fraction >> 4),
            2 => last ^ f.sign() ^ (random.bits() & 3),
            3 => (bits & f.sign()) | f.one() ^ (random.bits() & fraction),
            4 => {
                (bits & f.sign())
                    | (bits & fraction)
                    | 1 << (f.fraction + random.bits() as u32 % 3)
            }
            5 => (bits & f.sign()) | (f.infinity() - (random.bits() % 4)),
            6 => (bits & f.sign()) | (random.bits() % 4),
            _ => bits ^ (bits & f.infinity()) ^ (f.one() & !(3 << f.fraction)),
        }
    }

    #[test]
    fn the_host_and_the_exact_way_agree() {
        let f32_modes = ["rn.f32", "rn.ftz.f32"];
        let rows = [("add", true), ("sub", true), ("mul", true), ("fma", true)];
        let rows =
            rows.into_iter().chain([("div", false), ("rcp", false), ("sqrt", false)]);
        let mut random = Random::new(1);
        for (base, flushes) in rows {
            let modes = f32_modes.iter().take(1 + flushes as usize).chain(&["rn.f64"]);
            for modes in modes {
                let modifiers = modes.split('.').collect::<Vec<_>>();
                let (name, mode) = modifiers.split_last().expect("a type");
                let double = *name == "f64";
                let table = if double { super::double } else { super::single };
                let host = table(base, mode).expect("it is there");
                let exact = general(base, &modifiers).expect("it is there");
                for _ in 0..5000 {
                    let mut lanes = [[0; LANES]; OPERANDS];
                    for i in 0..LANES {
                        let mut last = 0;
                        for operand_lanes in &mut lanes {
                            last = operand(&mut random, last, double);
                            operand_lanes[i] = last;
                        }
                    }
                    let operands: [&Lanes; OPERANDS] = std::array::from_fn(|k| &lanes[k]);
                    let (ours, theirs) = ((host.run)(operands), (exact.run)(operands));
                    for i in 0..LANES {
                        let case = lanes.map(|lanes| lanes[i]);
                        assert_eq!(ours[i], theirs[i], "{base}.{modes} {case:x?}");
                    }
                }
            }
        }
    }
}

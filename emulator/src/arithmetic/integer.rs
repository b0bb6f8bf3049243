//! Integer arithmetic (ISA, section 9.7.1).

use super::bits::Bits;
use super::compute::{Compute, binary, ternary, unary};
use crate::types::Type;

/// Instructions that exist for all six types.
macro_rules! any_type {
    ($($name:ident: $integer:ty, $wide:ty;)*) => { $(
        fn $name(base: &str, mode: &[&str]) -> Option<Compute> {
            type T = $integer;
            type Wide = $wide;
            let high = |a: T, b: T| ((a as Wide * b as Wide) >> T::BITS) as T;
            Some(match (base, mode) {
                ("add", []) => binary(|a: T, b: T| a.wrapping_add(b)),
                ("sub", []) => binary(|a: T, b: T| a.wrapping_sub(b)),
                ("mul", ["lo"]) => binary(|a: T, b: T| a.wrapping_mul(b)),
                ("mul", ["hi"]) => binary(high),
                ("mad", ["lo"]) => {
                    ternary(|a: T, b: T, c: T| a.wrapping_mul(b).wrapping_add(c))
                }
                ("mad", ["hi"]) => {
                    ternary(move |a: T, b: T, c: T| high(a, b).wrapping_add(c))
                }
                ("sad", []) => ternary(|a: T, b: T, c: T| {
                    let difference = if a < b { b.wrapping_sub(a) } else { a.wrapping_sub(b) };
                    difference.wrapping_add(c)
                }),
                // Division by zero is left open; the device gives all ones.
                ("div", []) => {
                    binary(|a: T, b: T| if b == 0 { !0 } else { a.wrapping_div(b) })
                }
                ("rem", []) => {
                    binary(|a: T, b: T| if b == 0 { !0 } else { a.wrapping_rem(b) })
                }
                ("min", []) => binary(|a: T, b: T| a.min(b)),
                ("max", []) => binary(|a: T, b: T| a.max(b)),
                _ => return None,
            })
        }
    )* };
}

any_type! {
    u16_any: u16, u32; u32_any: u32, u64; u64_any: u64, u128;
    s16_any: i16, i32; s32_any: i32, i64; s64_any: i64, i128;
}

/// `.wide`: the whole product.
macro_rules! wide {
    ($($name:ident: $integer:ty, $wide:ty;)*) => { $(
        fn $name(base: &str) -> Option<Compute> {
            type T = $integer;
            type Wide = $wide;
            Some(match base {
                "mul" => binary(|a: T, b: T| a as Wide * b as Wide),
                "mad" => {
                    ternary(|a: T, b: T, c: Wide| (a as Wide * b as Wide).wrapping_add(c))
                }
                _ => return None,
            })
        }
    )* };
}

wide! {
    u16_wide: u16, u32; u32_wide: u32, u64;
    s16_wide: i16, i32; s32_wide: i32, i64;
}

macro_rules! signed {
    ($integer:ty, $base:expr) => {
        Some(match $base {
            "abs" => unary(|a: $integer| a.wrapping_abs()),
            "neg" => unary(|a: $integer| a.wrapping_neg()),
            _ => return None,
        })
    };
}

/// The instruction, if it is one of these.
pub fn integer(base: &str, modifiers: &[&str]) -> Option<Compute> {
    let (name, mode) = modifiers.split_last()?;
    let element = Type::named(name)?;
    match (base, mode, element) {
        ("mul" | "mad", ["wide"], Type::U16) => u16_wide(base),
        ("mul" | "mad", ["wide"], Type::U32) => u32_wide(base),
        ("mul" | "mad", ["wide"], Type::S16) => s16_wide(base),
        ("mul" | "mad", ["wide"], Type::S32) => s32_wide(base),
        ("mul24" | "mad24", _, Type::U32) => twenty_four::<u32>(base, mode),
        ("mul24" | "mad24", _, Type::S32) => twenty_four::<i32>(base, mode),
        (_, _, Type::S32) if mode.last() == Some(&"sat") => saturating(base, mode),
        ("abs" | "neg", [], Type::S16) => signed!(i16, base),
        ("abs" | "neg", [], Type::S32) => signed!(i32, base),
        ("abs" | "neg", [], Type::S64) => signed!(i64, base),
        (_, _, Type::U16) => u16_any(base, mode),
        (_, _, Type::U32) => u32_any(base, mode),
        (_, _, Type::U64) => u64_any(base, mode),
        (_, _, Type::S16) => s16_any(base, mode),
        (_, _, Type::S32) => s32_any(base, mode),
        (_, _, Type::S64) => s64_any(base, mode),
        _ => None,
    }
}

/// `.sat`, for s32: what overflows stops at the end of the range.
fn saturating(base: &str, mode: &[&str]) -> Option<Compute> {
    Some(match (base, mode) {
        ("add", ["sat"]) => binary(|a: i32, b: i32| a.saturating_add(b)),
        ("sub", ["sat"]) => binary(|a: i32, b: i32| a.saturating_sub(b)),
        ("mad", ["hi", "sat"]) => ternary(|a: i32, b: i32, c: i32| {
            (((a as i64 * b as i64) >> 32) as i32).saturating_add(c)
        }),
        ("mad24", ["hi", "sat"]) => ternary(|a: i32, b: i32, c: i32| {
            (((low_24(a) * low_24(b)) >> 16) as i32).saturating_add(c)
        }),
        _ => return None,
    })
}

/// The low 24 bits, with their sign if the type has one.
fn low_24<T: Bits>(a: T) -> i64 {
    let bits = (a.bits() << 40) as i64;
    if T::TYPE.signed() { bits >> 40 } else { (bits as u64 >> 40) as i64 }
}

/// `mul24`, `mad24`: of the 48 bits of the product the low 32, or with `.hi` the high 32.
fn twenty_four<T: Bits>(base: &str, mode: &[&str]) -> Option<Compute> {
    let shift = match mode {
        ["lo"] => 0,
        ["hi"] => 16,
        ["hi", "sat"] if T::TYPE == Type::S32 => return saturating(base, mode),
        _ => return None,
    };
    let product = move |a: T, b: T| (low_24(a) * low_24(b)) >> shift;
    Some(match base {
        "mul24" => binary(move |a: T, b: T| T::from_bits(product(a, b) as u64)),
        _ => ternary(move |a: T, b: T, c: T| {
            T::from_bits((product(a, b) as u64).wrapping_add(c.bits()))
        }),
    })
}

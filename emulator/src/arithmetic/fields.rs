//! Bits and fields of bits: counted, found, turned round, cut out (ISA, section 9.7.1).

use super::compute::{Compute, on_bits, ternary, unary};
use crate::types::Type;

/// The instruction, if it is one of these.
pub fn fields(base: &str, modifiers: &[&str]) -> Option<Compute> {
    Some(match (base, modifiers) {
        ("popc", ["b32"]) => unary(|a: u32| a.count_ones()),
        ("popc", ["b64"]) => unary(|a: u64| a.count_ones()),
        ("clz", ["b32"]) => unary(|a: u32| a.leading_zeros()),
        ("clz", ["b64"]) => unary(|a: u64| a.leading_zeros()),
        ("brev", ["b32"]) => unary(|a: u32| a.reverse_bits()),
        ("brev", ["b64"]) => unary(|a: u64| a.reverse_bits()),
        // For a signed type the highest bit that differs from the sign.
        ("bfind", ["u32"]) => unary(|a: u32| found(a as u64)),
        ("bfind", ["s32"]) => unary(|a: i32| found((a ^ a >> 31) as u64)),
        ("bfind", ["u64"]) => unary(|a: u64| found(a)),
        ("bfind", ["s64"]) => unary(|a: i64| found((a ^ a >> 63) as u64)),
        ("bfind", ["shiftamt", "u32"]) => unary(|a: u32| to_the_top(32, a as u64)),
        ("bfind", ["shiftamt", "s32"]) => {
            unary(|a: i32| to_the_top(32, (a ^ a >> 31) as u64))
        }
        ("bfind", ["shiftamt", "u64"]) => unary(|a: u64| to_the_top(64, a)),
        ("bfind", ["shiftamt", "s64"]) => {
            unary(|a: i64| to_the_top(64, (a ^ a >> 63) as u64))
        }
        ("fns", ["b32"]) => ternary(nth_set),
        ("bfe", [name @ ("u32" | "s32" | "u64" | "s64")]) => {
            let element = Type::named(name)?;
            on_bits(&[element, Type::U32, Type::U32], element, move |[a, b, c, _]| {
                let width = 8 * element.size() as u32;
                extract(a, field(width, b, c), width, element.signed())
            })
        }
        ("bfi", [name @ ("b32" | "b64")]) => {
            let element = Type::named(name)?;
            let inputs = [element, element, Type::U32, Type::U32];
            on_bits(&inputs, element, move |[a, b, c, d]| {
                let (position, length) = field(8 * element.size() as u32, c, d);
                let mask = ones(length).checked_shl(position).unwrap_or(0);
                b & !mask | a.checked_shl(position).unwrap_or(0) & mask
            })
        }
        ("dp4a", [a, b]) => {
            let (a, b) = (signed(a)?, signed(b)?);
            dot(a || b, move |x, y| {
                (0..4).map(|k| cell(x, 8 * k, 8, a) * cell(y, 8 * k, 8, b)).sum()
            })
        }
        ("dp2a", [half, a, b]) => {
            let (a, b) = (signed(a)?, signed(b)?);
            let from = match *half {
                "lo" => 0,
                "hi" => 16,
                _ => return None,
            };
            dot(a || b, move |x, y| {
                (0..2).map(|k| cell(x, 16 * k, 16, a) * cell(y, from + 8 * k, 8, b)).sum()
            })
        }
        ("prmt", ["b32"]) => ternary(permute),
        // Bytes of b:a, chosen by the low two bits of c (ISA, section 9.7.9.7).
        ("prmt", ["b32", mode]) => {
            let choose: fn(u32, u32) -> u32 = match *mode {
                "f4e" => |s, k| s + k,
                "b4e" => |s, k| 8 + s - k,
                "rc8" => |s, _| s,
                "ecl" => |s, k| k.max(s),
                "ecr" => |s, k| k.min(s),
                "rc16" => |s, k| 2 * (s & 1) + (k & 1),
                _ => return None,
            };
            ternary(move |a: u32, b: u32, c: u32| {
                (0..4).fold(0, |d, k| d | byte(a, b, choose(c & 3, k)) << (8 * k))
            })
        }
        _ => return None,
    })
}

/// The place of the highest bit that is set.
fn found(a: u64) -> u32 {
    a.checked_ilog2().unwrap_or(u32::MAX)
}

/// How far it is from the top.
fn to_the_top(width: u32, a: u64) -> u32 {
    a.checked_ilog2().map_or(u32::MAX, |place| width - 1 - place)
}

/// `fns`: from the bit `base` on, up or down, the place of the nth bit that is set.
fn nth_set(mask: u32, base: u32, nth: i32) -> u32 {
    let set = |place: &u32| mask >> place & 1 == 1;
    let found = match nth {
        0 => Some(base).filter(|place| *place < 32 && set(place)),
        1.. => (base..32).filter(set).nth(nth as usize - 1),
        _ if base > 31 => None,
        _ => (0..=base).rev().filter(set).nth(nth.unsigned_abs() as usize - 1),
    };
    found.unwrap_or(u32::MAX)
}

/// Position and length: the low eight bits of each in 32 bits, clamped in 64.
fn field(width: u32, position: u64, length: u64) -> (u32, u32) {
    let clamped = |bits: u64| match width {
        32 => bits as u32 & 255,
        _ => (bits as u32).min(64),
    };
    (clamped(position), clamped(length))
}

/// The lowest bits.
fn ones(count: u32) -> u64 {
    if count < 64 { (1 << count) - 1 } else { u64::MAX }
}

/// `bfe`; what lies beyond the register is filled with the sign, or zeros.
fn extract(a: u64, (position, length): (u32, u32), width: u32, signed: bool) -> u64 {
    let a = a & ones(width);
    let inside = ones(length.min(width.saturating_sub(position)));
    let value = a.checked_shr(position).unwrap_or(0) & inside;
    if !signed || length == 0 {
        return value;
    }
    let sign = a >> (position + length - 1).min(width - 1) & 1;
    if sign == 1 { value | !inside } else { value }
}

/// Whether the type of four or two small factors has a sign.
fn signed(name: &str) -> Option<bool> {
    match name {
        "u32" => Some(false),
        "s32" => Some(true),
        _ => None,
    }
}

/// A field of a word, with its sign.
fn cell(word: u32, position: u32, width: u32, signed: bool) -> i64 {
    let cell = (word >> position) as i64 & ((1 << width) - 1);
    if signed && cell >> (width - 1) == 1 { cell - (1 << width) } else { cell }
}

/// d = c + a · b.
fn dot(
    signed: bool,
    product: impl Fn(u32, u32) -> i64 + Send + Sync + 'static,
) -> Compute {
    let word = if signed { Type::S32 } else { Type::U32 };
    on_bits(&[Type::B32, Type::B32, word], word, move |[a, b, c, _]| {
        (c as u32).wrapping_add(product(a as u32, b as u32) as u32) as u64
    })
}

/// Byte k of b:a; k counts modulo eight.
fn byte(a: u32, b: u32, k: u32) -> u32 {
    (((b as u64) << 32 | a as u64) >> (8 * (k & 7))) as u32 & 255
}

/// Each digit of c chooses a byte; with its highest bit set, only the byte's sign, eight times.
fn permute(a: u32, b: u32, c: u32) -> u32 {
    (0..4).fold(0, |d, k| {
        let digit = c >> (4 * k) & 15;
        let byte = byte(a, b, digit);
        let byte = if digit & 8 == 0 { byte } else { 255 * (byte >> 7) };
        d | byte << (8 * k)
    })
}

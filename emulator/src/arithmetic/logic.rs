//! Logic and shifts (ISA, section 9.7.8).

use super::compute::{Compute, OPERANDS, binary, on_bits, ternary, unary};
use crate::types::Type;

macro_rules! table {
    ($($name:ident: $unsigned:ty, $signed:ty;)*) => { $(
        fn $name(base: &str, signed: bool) -> Option<Compute> {
            type T = $unsigned;
            type Signed = $signed;
            Some(match base {
                "and" => binary(|a: T, b: T| a & b),
                "or" => binary(|a: T, b: T| a | b),
                "xor" => binary(|a: T, b: T| a ^ b),
                "not" => unary(|a: T| !a),
                "cnot" => unary(|a: T| (a == 0) as T),
                // An amount as large as the register or larger shifts everything out.
                "shl" => binary(|a: T, b: u32| if b < T::BITS { a << b } else { 0 }),
                "shr" if signed => {
                    binary(|a: Signed, b: u32| a >> b.min(Signed::BITS - 1))
                }
                "shr" => binary(|a: T, b: u32| if b < T::BITS { a >> b } else { 0 }),
                _ => return None,
            })
        }
    )* };
}

table! { table_16: u16, i16; table_32: u32, i32; table_64: u64, i64; }

/// The instruction, if it is one of these.
pub fn logic(base: &str, modifiers: &[&str]) -> Option<Compute> {
    match (base, modifiers) {
        ("lop3", ["b32"]) => Some(on_bits(&[Type::B32; 4], Type::B32, by_table)),
        (_, ["b16"]) => table_16(base, false),
        (_, ["b32"]) => table_32(base, false),
        (_, ["b64"]) => table_64(base, false),
        ("shr", ["u16"]) => table_16(base, false),
        ("shr", ["u32"]) => table_32(base, false),
        ("shr", ["u64"]) => table_64(base, false),
        ("shr", ["s16"]) => table_16(base, true),
        ("shr", ["s32"]) => table_32(base, true),
        ("shr", ["s64"]) => table_64(base, true),
        ("shf", [direction, mode, "b32"]) => funnel(direction, mode),
        _ => None,
    }
}

/// `lop3`: bit abc of the table, for every place of the word.
fn by_table([a, b, c, table]: [u64; OPERANDS]) -> u64 {
    (0..8).fold(0, |d, abc| {
        let term = |word: u64, bit: u32| if abc >> bit & 1 == 1 { word } else { !word };
        let chosen = (table >> abc & 1).wrapping_neg();
        d | term(a, 2) & term(b, 1) & term(c, 0) & chosen
    })
}

/// `shf`: b:a is shifted as 64 bits; left keeps the high half, right the low half.
fn funnel(direction: &str, mode: &str) -> Option<Compute> {
    let most = match mode {
        "wrap" => |c: u32| c & 31,
        "clamp" => |c: u32| c.min(32),
        _ => return None,
    };
    let both = |a: u32, b: u32| (b as u64) << 32 | a as u64;
    Some(match direction {
        "l" => {
            ternary(move |a: u32, b: u32, c: u32| (both(a, b) << most(c) >> 32) as u32)
        }
        "r" => ternary(move |a: u32, b: u32, c: u32| (both(a, b) >> most(c)) as u32),
        _ => return None,
    })
}

//! What `atom` and `red` do to a cell (ISA, section 9.7.13.5), and `redux.sync` to values.

use super::bits::Bits;
use super::float::{Operation, Style};
use super::format::{F64, Format};
use crate::types::Type;

/// An operation on a cell of memory.
pub struct Atomic {
    /// What the cell holds afterwards: f(cell, b, c), on bits.
    pub apply: Box<dyn Fn(u64, u64, u64) -> u64 + Send + Sync>,
}

/// f(cell, b) of one type.
fn joined<T: Bits>(f: impl Fn(T, T) -> T + Send + Sync + 'static) -> Atomic {
    let apply = move |cell, b, _| f(T::from_bits(cell), T::from_bits(b)).bits();
    Atomic { apply: Box::new(apply) }
}

/// The operation by its name and type. The device adds differently `in_global` memory than in
/// shared memory: there f32 takes subnormal numbers for zeros (as the ISA says).
pub fn atomic(operation: &str, element: Type, in_global: bool) -> Option<Atomic> {
    use Type::*;
    Some(match (operation, element) {
        ("add", U32 | S32) => joined(|a: u32, b: u32| a.wrapping_add(b)),
        ("add", U64) => joined(|a: u64, b: u64| a.wrapping_add(b)),
        ("add", F16 | F16x2 | Bf16 | Bf16x2 | F32 | F64) => sum(element, in_global)?,
        ("min", U32) => joined(|a: u32, b: u32| a.min(b)),
        ("min", S32) => joined(|a: i32, b: i32| a.min(b)),
        ("min", U64) => joined(|a: u64, b: u64| a.min(b)),
        ("min", S64) => joined(|a: i64, b: i64| a.min(b)),
        ("max", U32) => joined(|a: u32, b: u32| a.max(b)),
        ("max", S32) => joined(|a: i32, b: i32| a.max(b)),
        ("max", U64) => joined(|a: u64, b: u64| a.max(b)),
        ("max", S64) => joined(|a: i64, b: i64| a.max(b)),
        ("and", B32) => joined(|a: u32, b: u32| a & b),
        ("and", B64) => joined(|a: u64, b: u64| a & b),
        ("or", B32) => joined(|a: u32, b: u32| a | b),
        ("or", B64) => joined(|a: u64, b: u64| a | b),
        ("xor", B32) => joined(|a: u32, b: u32| a ^ b),
        ("xor", B64) => joined(|a: u64, b: u64| a ^ b),
        ("exch", B32) => joined(|_: u32, b: u32| b),
        ("exch", B64) => joined(|_: u64, b: u64| b),
        // Counters from 0 to b and round again.
        ("inc", U32) => joined(|a: u32, b: u32| if a >= b { 0 } else { a + 1 }),
        ("dec", U32) => joined(|a: u32, b: u32| if a == 0 || a > b { b } else { a - 1 }),
        ("cas", B16) => swapped::<u16>(),
        ("cas", B32) => swapped::<u32>(),
        ("cas", B64) => swapped::<u64>(),
        _ => return None,
    })
}

/// cell = c where it was b.
fn swapped<T: Bits + PartialEq>() -> Atomic {
    let apply = |cell, b, c| {
        let (cell, b, c) = (T::from_bits(cell), T::from_bits(b), T::from_bits(c));
        (if cell == b { c } else { cell }).bits()
    };
    Atomic { apply: Box::new(apply) }
}

/// A floating-point sum, rounded to nearest. Only f32 is ever flushed.
fn sum(element: Type, in_global: bool) -> Option<Atomic> {
    let flush = in_global && element == Type::F32;
    let style = Style { flush, ..Style::plain(Format::of(element)?) };
    // The cell's NaN before the operand's.
    let add = move |cell: u64, b: u64| style.apply(Operation::Add, [b, cell, 0, 0]);
    Some(match element {
        Type::F16x2 | Type::Bf16x2 => joined(move |a: u32, b: u32| {
            let (a, b) = (a as u64, b as u64);
            (add(a & 0xffff, b & 0xffff) | add(a >> 16, b >> 16) << 16) as u32
        }),
        Type::F16 | Type::Bf16 => {
            joined(move |a: u16, b: u16| add(a as u64, b as u64) as u16)
        }
        Type::F32 => joined(move |a: u32, b: u32| add(a as u64, b as u64) as u32),
        // The adder at global memory hands a NaN on as it is, the operand's first.
        _ if in_global => joined(move |a: u64, b: u64| {
            [b, a].into_iter().find(|bits| F64.is_nan(*bits)).unwrap_or_else(|| add(a, b))
        }),
        _ => joined(add),
    })
}

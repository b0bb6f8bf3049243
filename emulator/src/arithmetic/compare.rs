//! Comparisons whose result is a predicate (ISA, sections 9.7.3.1 and 9.7.6), or a value
//! (`set`), and a choice by a sign (`slct`).

use super::bits::Bits;
use super::compute::{Comparison, Compute, OPERANDS, comparison_on_bits, on_bits};
use super::format::{self, Format};
use super::modifiers::Modifiers;
use crate::types::{Lanes, Mask, Type};

/// `setp.CmpOp{.ftz}.type` and `testp.op.type`.
pub fn comparison(base: &str, modifiers: &[&str]) -> Option<Comparison> {
    match (base, modifiers) {
        ("setp", [name, rest @ ..]) => {
            let mut rest = Modifiers(rest);
            let flush = rest.flag("ftz");
            let element = rest.element()?;
            match element {
                Type::F16x2 | Type::Bf16x2 => None,
                _ => compare(name, element, flush, 0),
            }
        }
        ("testp", [name, element @ ("f32" | "f64")]) => {
            test(name, Format::of(Type::named(element)?)?)
        }
        _ => None,
    }
}

/// a against b; of packed types the half that begins at bit `shift`.
fn compare(name: &str, element: Type, flush: bool, shift: u32) -> Option<Comparison> {
    use Type::*;
    let can_flush = matches!(element, F32 | F16 | F16x2);
    let signed = matches!(name, "eq" | "ne" | "lt" | "le" | "gt" | "ge");
    let same = matches!(name, "eq" | "ne");
    // Unsigned comparisons have names of their own too.
    let unsigned = match name {
        "lo" => "lt",
        "ls" => "le",
        "hi" => "gt",
        "hs" => "ge",
        _ => name,
    };
    if flush && !can_flush {
        return None;
    }
    let half = move |f: Format| {
        move |bits: u64| {
            let bits = bits >> shift & 0xffff;
            f.value(if flush { f.flush(bits) } else { bits })
        }
    };
    match element {
        B16 if same => compared(name, element, u16::from_bits),
        B32 if same => compared(name, element, u32::from_bits),
        B64 if same => compared(name, element, u64::from_bits),
        S16 if signed => compared(name, element, i16::from_bits),
        S32 if signed => compared(name, element, i32::from_bits),
        S64 if signed => compared(name, element, i64::from_bits),
        U16 if signed || name != unsigned => compared(unsigned, element, u16::from_bits),
        U32 if signed || name != unsigned => compared(unsigned, element, u32::from_bits),
        U64 if signed || name != unsigned => compared(unsigned, element, u64::from_bits),
        F32 if flush => {
            compared(name, element, |a| super::everyday::flush(f32::from_bits(a as u32)))
        }
        F32 => compared(name, element, <f32 as Bits>::from_bits),
        F64 => compared(name, element, <f64 as Bits>::from_bits),
        F16 | F16x2 => compared(name, element, half(format::F16)),
        Bf16 | Bf16x2 => compared(name, element, half(format::BF16)),
        _ => None,
    }
}

/// The comparison of two values that are read from bits. Names that end in u are true of a NaN
/// too, the others (`ne` among them) false.
#[allow(clippy::double_comparisons, clippy::neg_cmp_op_on_partial_ord)]
fn compared<T: PartialOrd>(
    name: &str,
    element: Type,
    read: impl Fn(u64) -> T + Copy + Send + Sync + 'static,
) -> Option<Comparison> {
    macro_rules! test {
        ($a:ident, $b:ident => $test:expr) => {
            comparison_on_bits(&[element; 2], move |$a, $b| {
                let ($a, $b) = (read($a), read($b));
                $test
            })
        };
    }
    Some(match name {
        "eq" => test!(a, b => a == b),
        "ne" => test!(a, b => a < b || a > b),
        "lt" => test!(a, b => a < b),
        "le" => test!(a, b => a <= b),
        "gt" => test!(a, b => a > b),
        "ge" => test!(a, b => a >= b),
        "equ" => test!(a, b => !(a < b || a > b)),
        "neu" => test!(a, b => a != b),
        "ltu" => test!(a, b => !(a >= b)),
        "leu" => test!(a, b => !(a > b)),
        "gtu" => test!(a, b => !(a <= b)),
        "geu" => test!(a, b => !(a < b)),
        "num" => test!(a, b => a.partial_cmp(&b).is_some()),
        "nan" => test!(a, b => a.partial_cmp(&b).is_none()),
        _ => return None,
    })
}

/// `testp`; zeros count as normal.
fn test(name: &str, f: Format) -> Option<Comparison> {
    let holds: fn(Format, u64) -> bool = match name {
        "finite" => |f, a| f.is_finite(a),
        "infinite" => |f, a| !f.is_finite(a) && !f.is_nan(a),
        "number" => |f, a| !f.is_nan(a),
        "notanumber" => |f, a| f.is_nan(a),
        "normal" => |f, a| f.is_finite(a) && !f.is_subnormal(a),
        "subnormal" => |f, a| f.is_subnormal(a),
        _ => return None,
    };
    Some(comparison_on_bits(&[f.element], move |a, _| holds(f, a)))
}

/// `set.CmpOp{.ftz}.to.from`: all ones, or 1.0, where the comparison holds.
pub fn set(base: &str, modifiers: &[&str]) -> Option<Compute> {
    use Type::*;
    let [name, rest @ .., from] = modifiers else { return None };
    let mut rest = Modifiers(rest);
    let flush = rest.flag("ftz");
    let (to, from) = (rest.element()?, Type::named(from)?);
    let ones = |element: Type| u64::MAX >> (64 - 8 * element.size());
    // What one half of a pair gives, or the whole result.
    let holds = match (to, from) {
        (F16x2, F16x2) => format::F16.one(),
        (Bf16x2, Bf16x2) => format::BF16.one(),
        (U32 | S32, F16x2 | Bf16x2) => ones(U16),
        (U32 | S32, _) | (U16 | S16, F16 | Bf16) => ones(to),
        (F32, F16 | Bf16 | F16x2 | Bf16x2) => return None,
        (F32, _) => format::F32.one(),
        (F16, _) if from != F16x2 && from != Bf16x2 => format::F16.one(),
        (Bf16, _) if from != F16x2 && from != Bf16x2 => format::BF16.one(),
        _ => return None,
    };
    if base != "set" {
        return None;
    }
    let low = compare(name, from, flush, 0)?;
    let high = match from {
        F16x2 | Bf16x2 => Some(compare(name, from, flush, 16)?),
        _ => None,
    };
    let inputs = low.inputs.clone();
    let run = move |operands: [&Lanes; OPERANDS]| {
        let low = (low.run)(operands);
        let high = high.as_ref().map_or(0, |high| (high.run)(operands));
        std::array::from_fn(|i| {
            let half = |mask: Mask| if mask >> i & 1 == 1 { holds } else { 0 };
            half(low) | half(high) << 16
        })
    };
    Some(Compute { run: Box::new(run), inputs, output: to, bound: None })
}

/// `slct{.ftz}.type.s32` and `.f32`: a where c ≥ 0, else b.
pub fn select(base: &str, modifiers: &[&str]) -> Option<Compute> {
    use Type::*;
    let [rest @ .., by] = modifiers else { return None };
    let mut rest = Modifiers(rest);
    let flush = rest.flag("ftz");
    let element = rest.element()?;
    let size = matches!(
        element,
        B16 | B32 | B64 | U16 | U32 | U64 | S16 | S32 | S64 | F32 | F64
    );
    if base != "slct" || !size {
        return None;
    }
    let inputs = |by| [element, element, by];
    match (*by, flush) {
        ("s32", false) => {
            Some(on_bits(
                &inputs(S32),
                element,
                |[a, b, c, _]| {
                    if c as i32 >= 0 { a } else { b }
                },
            ))
        }
        ("f32", _) => Some(on_bits(&inputs(F32), element, move |[a, b, c, _]| {
            let c = c & 0xffff_ffff;
            let c = if flush { format::F32.flush(c) } else { c };
            if format::F32.value(c) >= 0.0 { a } else { b }
        })),
        _ => None,
    }
}

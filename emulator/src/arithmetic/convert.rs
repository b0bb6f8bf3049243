//! `cvt`: from one type to another (ISA, section 9.7.9.21).

use super::compute::{Compute, on_bits};
use super::everyday;
use super::float::Style;
use super::format::{BF16, F16, F32, F64, Format, Number, Rounding};
use super::modifiers::Modifiers;
use crate::types::Type;

/// `cvt{.rounding}{.ftz}{.sat}.to.from` and `cvt.rounding{.relu}.to.f32`. The result fills all
/// 64 bits, with its sign if the type has one: a wider register takes it as it is.
pub fn convert(base: &str, modifiers: &[&str]) -> Option<Compute> {
    let [flags @ .., to, from] = modifiers else { return None };
    if base != "cvt" {
        return None;
    }
    if let Some(everyday) = everyday::conversion(modifiers) {
        return Some(everyday);
    }
    let (to, from) = (Type::named(to)?, Type::named(from)?);
    let mut flags = Modifiers(flags);
    let integral = flags.integral();
    let rounding = if integral.is_none() { flags.rounding() } else { None };
    let away = flags.flag("rna");
    let flush = flags.flag("ftz");
    let saturate = flags.flag("sat");
    let relu = flags.flag("relu");
    // f32 alone is flushed; nothing says what that means together with bf16.
    let single = to == Type::F32 || from == Type::F32;
    let bf16 = to == Type::Bf16 || from == Type::Bf16;
    if !flags.0.is_empty() || (flush && (!single || bf16)) {
        return None;
    }
    if away {
        let known = (to, from) == (Type::Tf32, Type::F32)
            && integral.is_none()
            && rounding.is_none()
            && !(flush || saturate || relu);
        return known.then(|| on_bits(&[from], to, |[a, ..]| to_tf32(a)));
    }
    let rounded = integral.or(rounding);
    let style = move |format| Style {
        format,
        rounding: rounded.unwrap_or(Rounding::Nearest),
        flush,
        saturate,
        relu,
    };
    match (scalar(to), scalar(from)) {
        (None, Some(F32)) if !integer(to) => {
            packed(to, rounding?, style, flush || saturate)
        }
        (Some(g), Some(f)) => {
            let narrower = f.width > g.width || (f != g && f.width == g.width);
            // A rounding where something can get lost, and only there.
            let known = match (f == g, integral, rounding) {
                (true, _, None) => true,
                (false, None, rounding) => rounding.is_some() == narrower,
                _ => false,
            };
            // What chapter 9 lists for bf16 and for `.relu`.
            let two = !matches!(rounding, Some(Rounding::Down | Rounding::Up));
            let known = known
                && !(saturate && (g == BF16 || relu))
                && !(relu && (f != F32 || !matches!(g, F16 | BF16) || flush || !two))
                && !(f == F32 && g == BF16 && !two);
            let (style, integral) = (style(g), integral.is_some());
            known.then(|| {
                on_bits(&[from], to, move |[a, ..]| between(f, style, integral, a))
            })
        }
        (None, Some(f)) => {
            let rounding = integral?;
            let known = integer(to) && !relu;
            known.then(|| {
                on_bits(&[from], to, move |[a, ..]| {
                    to_integer(f, if flush { f.flush(a) } else { a }, rounding, to)
                })
            })
        }
        (Some(g), None) => {
            let style = style(g);
            let known = integer(from) && rounding.is_some() && !relu;
            let known = known && !(saturate && g == BF16);
            known.then(|| {
                on_bits(&[from], to, move |[a, ..]| {
                    let value = value(a, from);
                    let number = Number {
                        negative: value < 0,
                        significand: value.unsigned_abs(),
                        exponent: 0,
                    };
                    style.finish(g.round(number, style.rounding, false))
                })
            })
        }
        (None, None) => {
            let (low, high) = range(to);
            let superset = low <= range(from).0 && range(from).1 <= high;
            let known = integer(to)
                && integer(from)
                && rounded.is_none()
                && !relu
                && !(saturate && superset);
            known.then(|| match saturate {
                true => on_bits(&[from], to, move |[a, ..]| {
                    value(a, from).clamp(low, high) as u64
                }),
                false => on_bits(&[from], to, move |[a, ..]| extend(extend(a, from), to)),
            })
        }
    }
}

/// The format of a type that is no pair.
fn scalar(element: Type) -> Option<Format> {
    Format::of(element).filter(|format| format.element == element)
}

/// `.u8` to `.s64`.
fn integer(element: Type) -> bool {
    use Type::*;
    matches!(element, U8 | U16 | U32 | U64 | S8 | S16 | S32 | S64)
}

/// The smallest and the largest value of an integer type.
fn range(element: Type) -> (i128, i128) {
    let width = 8 * element.size() as u32;
    match element.signed() {
        true => (-(1 << width >> 1), (1 << width >> 1) - 1),
        false => (0, (1 << width) - 1),
    }
}

/// The low bits, continued to 64 by their sign or by zeros.
fn extend(bits: u64, element: Type) -> u64 {
    let above = 64 - 8 * element.size() as u32;
    match element.signed() {
        true => ((bits << above) as i64 >> above) as u64,
        false => bits << above >> above,
    }
}

fn value(bits: u64, element: Type) -> i128 {
    let bits = extend(bits, element);
    if element.signed() { bits as i64 as i128 } else { bits as i128 }
}

/// Rounded, then clamped to the range, with and without `.sat`. A NaN gives 0 from 16 or 32
/// bits to 32 or fewer, and else what only the highest bit stands for (the device's choice).
fn to_integer(f: Format, bits: u64, rounding: Rounding, to: Type) -> u64 {
    let (low, high) = range(to);
    let negative = f.negative(bits);
    let bound = if negative { low } else { high };
    if f.is_nan(bits) {
        let zero = to.size() < 8 && f != F64;
        return if zero { 0 } else { extend(1 << (8 * to.size() - 1), to) };
    }
    if !f.is_finite(bits) {
        return bound as u64;
    }
    let Number { significand, exponent, .. } = f.number(bits);
    if exponent > 64 && significand != 0 {
        return bound as u64;
    }
    let magnitude = rounding.divide(significand, -exponent, negative) as i128;
    (if negative { -magnitude } else { magnitude }).clamp(low, high) as u64
}

/// From one floating-point format to another, or to integers of the same.
fn between(f: Format, style: Style, integral: bool, a: u64) -> u64 {
    let g = style.format;
    let a = a & (f.sign() | (f.sign() - 1));
    let a = if style.flush && f == F32 { f.flush(a) } else { a };
    let sign = if f.negative(a) { g.sign() } else { 0 };
    style.finish(if f.is_nan(a) {
        convert_nan(f, g, a, style.flush && f == F32)
    } else if !f.is_finite(a) {
        sign | g.infinity()
    } else {
        let mut number = f.number(a);
        if integral && number.exponent < 0 {
            let Number { negative, significand, exponent } = number;
            let significand = style.rounding.divide(significand, -exponent, negative);
            number = Number { significand, exponent: 0, ..number };
        }
        g.round(number, style.rounding, style.flush && g == F32)
    })
}

/// To and from f64, sign and upper payload of a NaN live on; else there is one NaN.
fn convert_nan(f: Format, g: Format, a: u64, flush: bool) -> u64 {
    if g != F64 && (f != F64 || flush) {
        return g.nan;
    }
    let a = if flush { f.nan } else { a };
    let sign = if f.negative(a) { g.sign() } else { 0 };
    let payload = (a & ((1 << f.fraction) - 1)) << (52 - f.fraction) >> (52 - g.fraction);
    sign | g.infinity() | payload | 1 << (g.fraction - 1)
}

/// Two f32 to a pair of halves, the first operand above (`cvt.rn.f16x2.f32 d, a, b`).
fn packed(
    to: Type,
    rounding: Rounding,
    style: impl Fn(Format) -> Style,
    other: bool,
) -> Option<Compute> {
    let known = matches!(to, Type::F16x2 | Type::Bf16x2)
        && matches!(rounding, Rounding::Nearest | Rounding::Zero)
        && !other;
    let style = style(Format::of(to)?);
    known.then(|| {
        on_bits(&[Type::F32; 2], to, move |[a, b, ..]| {
            between(F32, style, false, a) << 16 | between(F32, style, false, b)
        })
    })
}

/// Ten bits of fraction, ties away from zero; the low 13 bits are cleared, a NaN's too, so
/// that some become infinities.
fn to_tf32(a: u64) -> u64 {
    let tie = if F32.is_finite(a & 0xffff_ffff) { 0x1000 } else { 0 };
    (a as u32).wrapping_add(tie) as u64 & 0xffff_e000
}

//! Numbers as they are written on the command line, and as bytes in memory.

use crate::Result;
use crate::element::Element;
use ptx_emulator::types::Type;

/// The bytes of a number of this type. In hexadecimal stand the bits of a value, whatever its
/// type; anything else is read as a number.
pub fn bytes(element: &Element, text: &str) -> Result<Vec<u8>> {
    let size = element.of.size();
    let bits = if let Some(digits) = hexadecimal(text) {
        let bits = u64::from_str_radix(digits, 16).map_err(|_| misread(element, text))?;
        if size < 8 && bits >> (8 * size) != 0 {
            return Err(format!("{text} has more bits than {} has", element.name));
        }
        if element.name == "bool" && bits > 1 {
            return Err(misread(element, text));
        }
        bits
    } else {
        match element.of {
            Type::F32 => float(element, text)?.1.to_bits() as u64,
            Type::F64 => float(element, text)?.0.to_bits(),
            Type::F16 => narrow(element, text, 5, 10)?,
            Type::Bf16 => narrow(element, text, 8, 7)?,
            _ if element.name == "bool" => match text {
                "false" | "0" => 0,
                "true" | "1" => 1,
                _ => return Err(misread(element, text)),
            },
            _ => integer(element, text)?,
        }
    };
    Ok(bits.to_le_bytes()[..size].to_vec())
}

/// The digits behind `0x`.
fn hexadecimal(text: &str) -> Option<&str> {
    let digits = text.strip_prefix("0x").or(text.strip_prefix("0X"))?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(digits)
}

fn integer(element: &Element, text: &str) -> Result<u64> {
    let value: i128 = text.parse().map_err(|_| misread(element, text))?;
    let bits = 8 * element.of.size() as u32;
    let (least, most) = if element.of.signed() {
        (-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
    } else {
        (0, (1i128 << bits) - 1)
    };
    if value < least || value > most {
        let name = element.name;
        return Err(format!("{text} does not fit in {name}: it holds {least} to {most}"));
    }
    Ok(value as u64)
}

/// The nearest numbers of 64 and of 32 bits.
fn float(element: &Element, text: &str) -> Result<(f64, f32)> {
    let misread = |_| misread(element, text);
    let (wide, short): (f64, f32) =
        (text.parse().map_err(misread)?, text.parse().map_err(misread)?);
    let said = text.to_ascii_lowercase().contains("inf");
    let infinite =
        if element.of == Type::F32 { short.is_infinite() } else { wide.is_infinite() };
    if infinite && !said { Err(too_large(element, text)) } else { Ok((wide, short)) }
}

/// The bits of the nearest number with an exponent of so many bits and so many bits behind
/// the point, ties to even: f16 and bf16.
fn narrow(element: &Element, text: &str, exponent: i32, digits: i32) -> Result<u64> {
    let value = float(element, text)?.0;
    let bias = (1 << (exponent - 1)) - 1;
    let infinity = ((1u64 << exponent) - 1) << digits;
    let magnitude = if value.is_nan() {
        infinity | 1 << (digits - 1)
    } else if value.is_infinite() {
        infinity
    } else {
        // Of the numbers around |value|, neighbours are 2^place apart.
        let scale = ((value.to_bits() >> 52) as i32 & 0x7ff) - 1023;
        let place = scale.max(1 - bias) - digits;
        let steps = (value.abs() / 2f64.powi(place)).round_ties_even() as u64;
        // As bits, numbers are counted from zero: a carry runs over into the exponent.
        let bits = (((place + digits - 1 + bias) as u64) << digits) + steps;
        if bits >= infinity {
            return Err(too_large(element, text));
        }
        bits
    };
    Ok((value.is_sign_negative() as u64) << (exponent + digits) | magnitude)
}

fn too_large(element: &Element, text: &str) -> String {
    format!("{text} is too large for {}; infinity is written `inf`", element.name)
}

fn misread(element: &Element, text: &str) -> String {
    let example = match element.of {
        _ if element.name == "bool" => "true or false",
        of if of.float() => {
            "a number such as 0.1, -2e5, inf or nan, or bits such as 0x7f80"
        }
        of if of.signed() => "a whole number such as -5, or bits such as 0xff",
        _ => "a whole number such as 5 or 0xff",
    };
    format!("`{text}` is no {}; it takes {example}", element.name)
}

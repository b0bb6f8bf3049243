//! One argument of the kernel: how it is written, and whether its parameter can take it.

use crate::Result;
use crate::element::Element;
use crate::{npy, number};
use ptx_emulator::types::Type;
use ptx_emulator::{Kernel, Parameter};
use std::path::Path;

/// All buffers together have so many bytes at most: what the checks keep of every access
/// takes many times that much.
pub const MOST_BYTES: usize = 256 << 20;

/// What stands for one parameter.
pub enum Given {
    /// A number; `None` for a structure, of which only the bytes are known.
    Value(Option<&'static Element>, Vec<u8>),
    /// A null pointer.
    Null,
    /// Memory on the device.
    Buffer(Memory),
}

/// A buffer before it is on the device.
pub struct Memory {
    /// The type of its elements.
    pub element: &'static Element,
    /// Its `descr` in a NumPy file.
    pub descr: String,
    /// How the array was shaped in its file; otherwise its length.
    pub shape: Vec<usize>,
    /// What is in it; nothing was ever written to it if there is nothing.
    pub bytes: Option<Vec<u8>>,
    /// The kernel may not write to it.
    pub read_only: bool,
}

/// Reads all arguments.
pub fn all(kernel: &Kernel, texts: &[String]) -> Result<Vec<Given>> {
    let parameters = &kernel.parameters;
    if parameters.len() != texts.len() {
        let list: String = (parameters.iter().enumerate())
            .map(|(at, parameter)| format!("\n  {at}: {}", describe(parameter)))
            .collect();
        let (name, many) = (&kernel.name, parameters.len());
        let colon = if many == 0 { "" } else { ":" };
        return Err(format!(
            "`{name}` takes {many} arguments, and {} are given{colon}{list}",
            texts.len()
        ));
    }
    let mut room = MOST_BYTES;
    let given =
        parameters.iter().zip(texts).enumerate().map(|(at, (parameter, text))| {
            let given = read(text, &mut room)
                .and_then(|given| fits(&given, parameter).map(|()| given));
            given.map_err(|why| {
                format!(
                    "argument {at}, `{text}` for parameter {}: {why}",
                    describe(parameter)
                )
            })
        });
    given.collect()
}

fn describe(Parameter { name, element, count, .. }: &Parameter) -> String {
    match count {
        1 => format!("`{name}` of type {element}"),
        _ => format!("`{name}` of type {element}[{count}]"),
    }
}

/// Reads one; `room` is how many bytes it may take, and afterwards how many the next may.
fn read(text: &str, room: &mut usize) -> Result<Given> {
    if text == "null" {
        return Ok(Given::Null);
    }
    let Some((kind, rest)) = text.split_once(':') else {
        return Err("arguments are written TYPE:VALUE, in:TYPE:…, inout:TYPE:…, \
                    out:TYPE:COUNT or null (see --help)"
            .to_string());
    };
    match kind {
        "in" | "inout" | "out" => Ok(Given::Buffer(memory(kind, rest, room)?)),
        "bytes" => structure(rest).map(|bytes| Given::Value(None, bytes)),
        _ => {
            let element = Element::named(kind)?;
            Ok(Given::Value(Some(element), number::bytes(element, rest)?))
        }
    }
}

fn memory(direction: &str, text: &str, room: &mut usize) -> Result<Memory> {
    let Some((name, contents)) = text.split_once(':') else {
        return Err(format!(
            "a buffer is written {direction}:TYPE:…, as in {}",
            match direction {
                "out" => "out:f32:1024",
                _ => "in:f32:@x.npy, in:f32:1,2,3 or in:f32:zeros:1024",
            }
        ));
    };
    let element = Element::named(name)?;
    let memory = |shape, bytes| Memory {
        element,
        descr: element.descr.to_string(),
        shape,
        bytes,
        read_only: direction == "in",
    };
    if direction == "out" {
        let count = count(contents, element, room).map_err(|why| match contents {
            _ if contents.starts_with(['@', 'z']) => format!(
                "nothing was written yet to an `out` buffer, so only the number of its \
                 elements is given, as in out:{name}:1024; `inout` takes contents"
            ),
            _ => why,
        })?;
        return Ok(memory(vec![count], None));
    }
    if let Some(path) = contents.strip_prefix('@') {
        let array = npy::read(Path::new(path), element, *room)?;
        *room -= array.bytes.len();
        return Ok(Memory {
            descr: array.descr,
            ..memory(array.shape, Some(array.bytes))
        });
    }
    if let Some(text) = contents.strip_prefix("zeros:") {
        let count = count(text, element, room)?;
        return Ok(memory(vec![count], Some(vec![0; count * element.of.size()])));
    }
    let values = contents.split(',').map(|value| number::bytes(element, value.trim()));
    let bytes = values.collect::<Result<Vec<_>>>()?.concat();
    *room = room.checked_sub(bytes.len()).ok_or_else(too_much)?;
    Ok(memory(vec![bytes.len() / element.of.size()], Some(bytes)))
}

/// A number of elements for which there is room.
fn count(text: &str, element: &Element, room: &mut usize) -> Result<usize> {
    let count: usize =
        text.parse().map_err(|_| format!("`{text}` is no number of elements"))?;
    let left = count.checked_mul(element.of.size()).and_then(|all| room.checked_sub(all));
    *room = left.ok_or_else(too_much)?;
    Ok(count)
}

/// What is said where there is no room.
pub fn too_much() -> String {
    format!("all buffers together may have {} MiB", MOST_BYTES >> 20)
}

fn structure(text: &str) -> Result<Vec<u8>> {
    let digits = text.as_bytes();
    let pairs = digits.chunks(2).map(|pair| {
        let [high, low] = pair else { return None };
        let digit = |digit: u8| (digit as char).to_digit(16);
        Some((digit(*high)? << 4 | digit(*low)?) as u8)
    });
    pairs.collect::<Option<_>>().ok_or_else(|| {
        "a structure is written as two hexadecimal digits for each byte, as in bytes:00ff10"
            .to_string()
    })
}

/// Whether a parameter can take it. PTX knows pointers as 64 bits and structures as arrays of
/// bytes, and signed and unsigned numbers are the same to it; whole numbers and
/// floating-point ones are not.
fn fits(given: &Given, parameter: &Parameter) -> Result<()> {
    let bits = |of: Type| matches!(of, Type::B8 | Type::B16 | Type::B32 | Type::B64);
    let declared = parameter.element;
    match given {
        Given::Null | Given::Buffer(_) => {
            if parameter.bytes() == 8 && !declared.float() {
                return Ok(());
            }
            Err("a buffer's address has 64 bits, so the parameter is no pointer"
                .to_string())
        }
        Given::Value(element, bytes) => {
            if bytes.len() != parameter.bytes() {
                return Err(format!(
                    "the parameter has {} bytes, and {} are given",
                    parameter.bytes(),
                    bytes.len()
                ));
            }
            let Some(element) = element else { return Ok(()) };
            // Before PTX had names for them, halves were 16 bits.
            let wide = bytes.len() >= 4;
            if bits(declared)
                || bits(element.of)
                || declared.float() == element.of.float()
                || !wide
            {
                return Ok(());
            }
            let (right, wrong) = if declared.float() {
                ("a floating-point number", "a whole number")
            } else {
                ("a whole number", "a floating-point number")
            };
            Err(format!("the parameter is {right}, and {wrong} is given"))
        }
    }
}

//! NumPy's files: a magic number, the length of a header, the header (a Python dictionary),
//! and the elements (NumPy reference, `numpy.lib.format`).

use crate::Result;
use crate::argument::too_much;
use crate::element::Element;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// An array as it lies in a file.
#[derive(Debug, PartialEq)]
pub struct Array {
    /// The type of its elements, as NumPy writes it.
    pub descr: String,
    /// Its shape; empty for a single number.
    pub shape: Vec<usize>,
    /// Its elements, in C order and little-endian.
    pub bytes: Vec<u8>,
}

const MAGIC: &[u8] = b"\x93NUMPY";
/// A header of an array of numbers has a few hundred bytes; NumPy itself stops at 10,000.
const LONGEST_HEADER: u64 = 10_000;

/// Reads an array of such elements, of at most `room` bytes. What the file claims is believed
/// only as far as there are bytes for it.
pub fn read(path: &Path, element: &Element, room: usize) -> Result<Array> {
    let named = |why: String| format!("{}: {why}", path.display());
    let mut file = File::open(path).map_err(|error| named(error.to_string()))?;
    array(&mut file, element, room).map_err(named)
}

fn array(file: &mut impl Read, element: &Element, room: usize) -> Result<Array> {
    let start = take(file, MAGIC.len() as u64 + 2)?;
    let Some([major, _]) = start.strip_prefix(MAGIC) else {
        return Err("it is no NumPy file (.npy); np.save writes one".to_string());
    };
    let width = match major {
        1 => 2,
        2 | 3 => 4,
        _ => {
            return Err(format!("version {major} of the format is unknown (1 to 3 are)"));
        }
    };
    let digits = take(file, width)?;
    let length = digits.iter().rev().fold(0, |length, digit| length << 8 | *digit as u64);
    if digits.len() as u64 == width && length > LONGEST_HEADER {
        return Err(format!("a header of {length} bytes is too long to be true"));
    }
    let header = take(file, length)?;
    if digits.len() as u64 != width || header.len() as u64 != length {
        return Err("it ends within its header: it was cut off".to_string());
    }
    let header = std::str::from_utf8(&header).ok().and_then(header_of);
    let Some(Header { descr, fortran_order, shape }) = header else {
        return Err("its header cannot be understood (is it an array of numbers?); \
                    np.save(file, np.ascontiguousarray(x)) writes one that can"
            .to_string());
    };
    let same = Element::named(element.name)?;
    if !same.accepts(&descr) {
        return Err(other_type(element, &descr));
    }
    if fortran_order {
        return Err("it is in Fortran order; save np.ascontiguousarray(x)".to_string());
    }
    let size = shape.iter().try_fold(element.of.size(), |size, n| size.checked_mul(*n));
    let size = size.filter(|size| *size <= room).ok_or_else(|| {
        format!("its header claims a shape of {}: {}", tuple(&shape), too_much())
    })?;
    let bytes = take(file, size as u64)?;
    if bytes.len() < size {
        return Err(format!(
            "it ends after {} of {size} bytes of elements: it was cut off",
            bytes.len()
        ));
    }
    if !take(file, 1)?.is_empty() {
        return Err(format!("more follows behind its {size} bytes of elements"));
    }
    Ok(Array { descr, shape, bytes })
}

/// The next bytes, fewer at the end of the file.
fn take(file: &mut impl Read, size: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn other_type(element: &Element, descr: &str) -> String {
    let Element { name, descr: wanted, .. } = element;
    let holds = format!("it holds {descr:?}, and {name} is {wanted:?}");
    if descr.starts_with('>') {
        return format!(
            "{holds}: its bytes are in big-endian order; save x.astype({wanted:?})"
        );
    }
    match Element::of_descr(descr) {
        Some(right) => {
            format!(
                "{holds}; say {} for the buffer, or save x.astype({wanted:?})",
                right.name
            )
        }
        None => format!("{holds}; save x.astype({wanted:?})"),
    }
}

struct Header {
    descr: String,
    fortran_order: bool,
    shape: Vec<usize>,
}

/// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
fn header_of(text: &str) -> Option<Header> {
    let mut rest = text.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let (mut descr, mut fortran_order, mut shape) = (None, None, None);
    while !rest.is_empty() {
        let (key, value) = quoted(rest)?;
        let value = value.trim_start().strip_prefix(':')?.trim_start();
        rest = match key {
            "descr" => {
                let (text, behind) = quoted(value)?;
                descr = Some(text.to_string());
                behind
            }
            "fortran_order" => {
                let behind = value.strip_prefix("True").or(value.strip_prefix("False"))?;
                fortran_order = Some(value.starts_with("True"));
                behind
            }
            "shape" => {
                let (sizes, behind) = value.strip_prefix('(')?.split_once(')')?;
                let sizes = sizes.trim().trim_end_matches(',');
                let sizes = sizes.split(',').filter(|_| !sizes.is_empty());
                let sizes = sizes.map(|size| size.trim().parse().ok());
                shape = Some(sizes.collect::<Option<_>>()?);
                behind
            }
            _ => return None,
        };
        rest = rest.trim_start();
        rest = match rest.strip_prefix(',') {
            Some(behind) => behind.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(Header { descr: descr?, fortran_order: fortran_order?, shape: shape? })
}

/// A text in quotes, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|quote| "'\"".contains(*quote))?;
    text[1..].split_once(quote)
}

/// The bytes of a file with this array.
pub fn file(descr: &str, shape: &[usize], bytes: &[u8]) -> Vec<u8> {
    let shape = tuple(shape);
    let mut header =
        format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}");
    // Magic number, version and length take 10 bytes; elements begin at a multiple of 64.
    let whole = (10 + header.len() + 1).next_multiple_of(64);
    header.extend(std::iter::repeat_n(' ', whole - 10 - header.len() - 1));
    header.push('\n');
    let length = (header.len() as u16).to_le_bytes();
    [MAGIC, &[1, 0], &length, header.as_bytes(), bytes].concat()
}

/// A shape as Python writes it.
fn tuple(shape: &[usize]) -> String {
    match shape {
        [size] => format!("({size},)"),
        _ => {
            let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
            format!("({})", sizes.join(", "))
        }
    }
}

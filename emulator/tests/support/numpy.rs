//! Arrays from NumPy's files (`.npy`, version 1.0; numpy.lib.format says what is in them).

use std::path::Path;

/// An array in C order.
pub struct Array {
    /// Its size along every axis.
    pub shape: Vec<usize>,
    /// Bytes of an element.
    pub size: usize,
    /// The bits of every element, zeros above them.
    pub bits: Vec<u64>,
}

impl Array {
    /// The array in a file; panics, with the reason, if there is none.
    pub fn read(path: &Path) -> Array {
        let bytes = std::fs::read(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Array::parse(&bytes)
            .unwrap_or_else(|| panic!("{}: not a NumPy file", path.display()))
    }

    fn parse(bytes: &[u8]) -> Option<Array> {
        let bytes = bytes.strip_prefix(b"\x93NUMPY\x01\x00")?;
        let (length, bytes) = bytes.split_first_chunk::<2>()?;
        let (header, data) =
            bytes.split_at_checked(u16::from_le_bytes(*length).into())?;
        let header = std::str::from_utf8(header).ok()?;
        // Little-endian, or a single byte: '<u4', '|u1'.
        let (kind, _) = after(header, "'descr': '")?.split_once('\'')?;
        let size = kind.strip_prefix(['<', '|'])?.get(1..)?.parse::<usize>().ok()?;
        let (shape, _) = after(header, "'shape': (")?.split_once(')')?;
        let axes = shape.split(',').map(str::trim).filter(|axis| !axis.is_empty());
        let shape = axes.map(|axis| axis.parse().ok()).collect::<Option<Vec<usize>>>()?;
        if !matches!(size, 1 | 2 | 4 | 8) {
            return None;
        }
        let element = |bytes: &[u8]| {
            bytes.iter().rev().fold(0, |bits, byte| bits << 8 | *byte as u64)
        };
        let mut bits = data.chunks_exact(size).map(element).collect::<Vec<_>>();
        if after(header, "'fortran_order': ")?.starts_with("True") {
            bits = (0..bits.len())
                .map(|i| Some(*bits.get(first_axis_fastest(i, &shape))?))
                .collect::<Option<_>>()?;
        }
        (bits.len() == shape.iter().product::<usize>() && data.len().is_multiple_of(size))
            .then_some(Array { shape, size, bits })
    }

    /// Part i along the first axis.
    pub fn row(&self, i: usize) -> &[u64] {
        let length = self.shape[1..].iter().product::<usize>();
        &self.bits[i * length..(i + 1) * length]
    }
}

/// Where the element stands in Fortran's order that is number i in C's.
fn first_axis_fastest(mut i: usize, shape: &[usize]) -> usize {
    let (mut place, mut stride) = (0, shape.iter().product::<usize>());
    for size in shape.iter().rev() {
        stride /= size;
        place += i % size * stride;
        i /= size;
    }
    place
}

fn after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    Some(&text[text.find(key)? + key.len()..])
}

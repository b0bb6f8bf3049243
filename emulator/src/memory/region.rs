//! One piece of memory: its bytes, which of them were ever written, and who touched them.

use super::shadow::Shadow;
use crate::types::{LANES, Lanes, Type};

/// A buffer or a variable.
#[derive(Clone)]
pub(crate) struct Region {
    pub name: String,
    /// The type of an element, for messages.
    pub element: Type,
    pub bytes: Vec<u8>,
    /// Nobody may write to it.
    pub read_only: bool,
    /// A bit for each byte that was written; `None` if all were.
    written: Option<Vec<u64>>,
    /// Who touched what, where races are looked for.
    pub shadow: Shadow,
    /// Where it would lie beside the other variables of its space: what bank conflicts depend on.
    pub base: u64,
}

impl Region {
    /// Memory with contents.
    pub fn new(name: &str, element: Type, bytes: Vec<u8>) -> Region {
        let (name, read_only) = (readable(name), false);
        Region {
            name,
            element,
            bytes,
            read_only,
            written: None,
            shadow: Shadow::default(),
            base: 0,
        }
    }

    /// Memory in which nothing was written yet; its bytes are arbitrary, here 0xcd.
    pub fn unwritten(name: &str, element: Type, size: usize) -> Region {
        let mut region = Region::new(name, element, vec![0xcd; size]);
        region.forget();
        region
    }

    /// Nothing in it counts as written any more.
    pub fn forget(&mut self) {
        let words = self.bytes.len().div_ceil(64);
        match &mut self.written {
            Some(written) => written.fill(0),
            None => self.written = Some(vec![0; words]),
        }
    }

    /// Everything in it counts as written.
    pub fn fill(&mut self, bytes: &[u8]) {
        self.bytes.copy_from_slice(bytes);
        self.written = None;
    }

    /// The number in `size` bytes (1, 2, 4 or 8), which must lie within it.
    #[inline(always)]
    pub fn load(&self, offset: usize, size: usize) -> u64 {
        let bytes = &self.bytes[offset..offset + size];
        match size {
            4 => u32::from_le_bytes(bytes.try_into().expect("4 bytes")) as u64,
            8 => u64::from_le_bytes(bytes.try_into().expect("8 bytes")),
            2 => u16::from_le_bytes(bytes.try_into().expect("2 bytes")) as u64,
            _ => bytes[0] as u64,
        }
    }

    /// The numbers of `size` bytes that these lanes read, `plus` bytes behind their offsets.
    pub fn gather(
        &self,
        lanes: impl Iterator<Item = usize>,
        offsets: &[usize; LANES],
        (plus, size): (usize, usize),
    ) -> Lanes {
        let mut values = [0; LANES];
        if size == 4 {
            // The everyday size, without a decision in the loop.
            for lane in lanes {
                values[lane] = self.load(offsets[lane] + plus, 4);
            }
        } else {
            for lane in lanes {
                values[lane] = self.load(offsets[lane] + plus, size);
            }
        }
        values
    }

    /// Puts the low `size` bytes (1, 2, 4 or 8) there.
    pub fn store(&mut self, offset: usize, size: usize, bits: u64) {
        let bytes = &mut self.bytes[offset..offset + size];
        match size {
            4 => bytes.copy_from_slice(&(bits as u32).to_le_bytes()),
            8 => bytes.copy_from_slice(&bits.to_le_bytes()),
            2 => bytes.copy_from_slice(&(bits as u16).to_le_bytes()),
            _ => bytes[0] = bits as u8,
        }
        if let Some(written) = &mut self.written {
            for byte in offset..offset + size {
                written[byte / 64] |= 1 << (byte % 64);
            }
        }
    }

    /// These bytes count as not written again.
    pub fn unwrite(&mut self, offset: usize, size: usize) {
        let words = self.bytes.len().div_ceil(64);
        let written = self.written.get_or_insert_with(|| vec![u64::MAX; words]);
        for byte in offset..offset + size {
            written[byte / 64] &= !(1 << (byte % 64));
        }
    }

    /// Whether nothing is left that was never written.
    pub fn all_written(&self) -> bool {
        self.written.is_none()
    }

    /// The first byte of these that was never written.
    pub fn first_unwritten(&self, offset: usize, size: usize) -> Option<usize> {
        let written = self.written.as_ref()?;
        (offset..offset + size).find(|byte| written[byte / 64] >> (byte % 64) & 1 == 0)
    }
}

/// `tile` for `_ZZ3sumE4tile`, as C++ mangles the name of a variable in a function.
fn readable(name: &str) -> String {
    let local = name.strip_prefix("_ZZ").unwrap_or("");
    for (end, _) in local.match_indices('E') {
        let rest = &local[end + 1..];
        let digits =
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(length) = rest[..digits].parse::<usize>() else { continue };
        if let Some(found) = rest.get(digits..digits + length) {
            return found.to_string();
        }
    }
    name.to_string()
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn names_are_what_the_source_calls_them() {
        assert_eq!(readable("_ZZ7row_sumE7partial"), "partial");
        assert_eq!(readable("_ZZ6EngineE4tile_0"), "tile");
        assert_eq!(readable("_ZZ3fooPfE1E"), "E");
        for name in ["in", "_ZZ", "_ZZ3fooE", "_ZZ3fooE99x", "_Z3foo"] {
            assert_eq!(readable(name), name);
        }
    }
}

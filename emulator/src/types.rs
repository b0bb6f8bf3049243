//! The types of PTX, and the 32 lanes of a register.

use std::fmt;

/// Threads in a warp.
pub const LANES: usize = 32;

/// The value of one register in all 32 lanes of a warp, as bits; a narrow value sits in the
/// low bits, and what lies above them counts for nothing.
pub type Lanes = [u64; LANES];

/// A set of lanes: bit i is lane i.
pub type Mask = u32;

/// A fundamental type of PTX (ISA, section 5.2), as it stands behind a dot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[allow(missing_docs)]
pub enum Type {
    B8,
    B16,
    B32,
    B64,
    U8,
    U16,
    U32,
    U64,
    S8,
    S16,
    S32,
    S64,
    F16,
    F16x2,
    Bf16,
    Bf16x2,
    Tf32,
    F32,
    F64,
    Pred,
}

use Type::*;

/// Every type with its name and its size in bytes (a predicate has none).
const NAMES: [(Type, &str, usize); 20] = [
    (B8, "b8", 1),
    (B16, "b16", 2),
    (B32, "b32", 4),
    (B64, "b64", 8),
    (U8, "u8", 1),
    (U16, "u16", 2),
    (U32, "u32", 4),
    (U64, "u64", 8),
    (S8, "s8", 1),
    (S16, "s16", 2),
    (S32, "s32", 4),
    (S64, "s64", 8),
    (F16, "f16", 2),
    (F16x2, "f16x2", 4),
    (Bf16, "bf16", 2),
    (Bf16x2, "bf16x2", 4),
    (Tf32, "tf32", 4),
    (F32, "f32", 4),
    (F64, "f64", 8),
    (Pred, "pred", 0),
];

impl Type {
    /// The type with this name, without the dot.
    pub fn named(name: &str) -> Option<Type> {
        NAMES.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Its size in bytes: 1, 2, 4 or 8; 0 for a predicate.
    pub fn size(self) -> usize {
        NAMES[self as usize].2
    }

    /// Whether its values have a sign that a wider register continues.
    pub fn signed(self) -> bool {
        matches!(self, S8 | S16 | S32 | S64)
    }

    /// Whether it is a floating-point type.
    pub fn float(self) -> bool {
        matches!(self, F16 | F16x2 | Bf16 | Bf16x2 | Tf32 | F32 | F64)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(NAMES[*self as usize].1)
    }
}

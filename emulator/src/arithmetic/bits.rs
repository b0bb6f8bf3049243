//! Rust's numbers in and out of the bits of a lane.

use crate::types::Type;

/// A number that a lane can hold.
pub trait Bits: Copy + 'static {
    /// The PTX type with this size and meaning.
    const TYPE: Type;
    /// The number in the low bits; the bits above are ignored.
    fn from_bits(bits: u64) -> Self;
    /// Its bits, with zeros above them.
    fn bits(self) -> u64;
}

macro_rules! integers {
    ($($number:ty, $unsigned:ty, $type:ident;)*) => { $(
        impl Bits for $number {
            const TYPE: Type = Type::$type;
            fn from_bits(bits: u64) -> Self {
                bits as $number
            }
            fn bits(self) -> u64 {
                self as $unsigned as u64
            }
        }
    )* };
}

integers! {
    u8, u8, U8; u16, u16, U16; u32, u32, U32; u64, u64, U64;
    i8, u8, S8; i16, u16, S16; i32, u32, S32; i64, u64, S64;
}

impl Bits for f32 {
    const TYPE: Type = Type::F32;
    fn from_bits(bits: u64) -> Self {
        f32::from_bits(bits as u32)
    }
    fn bits(self) -> u64 {
        self.to_bits() as u64
    }
}

impl Bits for f64 {
    const TYPE: Type = Type::F64;
    fn from_bits(bits: u64) -> Self {
        f64::from_bits(bits)
    }
    fn bits(self) -> u64 {
        self.to_bits()
    }
}

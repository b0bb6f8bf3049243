//! The types of numbers and of elements of buffers: how they are called on the command line,
//! in PTX and in NumPy.

use crate::Result;
use ptx_emulator::types::Type;

/// A type of elements.
#[derive(Debug, PartialEq)]
pub struct Element {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is to the emulator.
    pub of: Type,
    /// Its `descr` in a NumPy file.
    pub descr: &'static str,
}

const fn element(name: &'static str, of: Type, descr: &'static str) -> Element {
    Element { name, of, descr }
}

const ELEMENTS: [Element; 21] = [
    element("u8", Type::U8, "|u1"),
    element("u16", Type::U16, "<u2"),
    element("u32", Type::U32, "<u4"),
    element("u64", Type::U64, "<u8"),
    element("i8", Type::S8, "|i1"),
    element("i16", Type::S16, "<i2"),
    element("i32", Type::S32, "<i4"),
    element("i64", Type::S64, "<i8"),
    element("s8", Type::S8, "|i1"),
    element("s16", Type::S16, "<i2"),
    element("s32", Type::S32, "<i4"),
    element("s64", Type::S64, "<i8"),
    element("b8", Type::B8, "|u1"),
    element("b16", Type::B16, "<u2"),
    element("b32", Type::B32, "<u4"),
    element("b64", Type::B64, "<u8"),
    element("f16", Type::F16, "<f2"),
    element("bf16", Type::Bf16, "<u2"),
    element("f32", Type::F32, "<f4"),
    element("f64", Type::F64, "<f8"),
    element("bool", Type::U8, "|b1"),
];

impl Element {
    /// The type with this name.
    pub fn named(name: &str) -> Result<&'static Element> {
        ELEMENTS.iter().find(|element| element.name == name).ok_or_else(|| {
            let names = ELEMENTS.map(|element| element.name).join(", ");
            format!("there is no type `{name}`; those there are: {names}")
        })
    }

    /// Whether a NumPy file with this `descr` holds such elements. Bits may be anything of
    /// their size; `ml_dtypes` writes bf16 as two bytes without a meaning.
    pub fn accepts(&self, descr: &str) -> bool {
        match self.of {
            Type::B8 | Type::B16 | Type::B32 | Type::B64 => {
                let (order, width) = (descr.get(..1), descr.get(2..));
                order.is_some_and(|order| order == "<" || order == "|")
                    && width == Some(self.of.size().to_string().as_str())
            }
            Type::Bf16 => ["<u2", "|V2", "<V2"].contains(&descr),
            _ => descr == self.descr,
        }
    }

    /// The type on the command line that a file with this `descr` is meant for.
    pub fn of_descr(descr: &str) -> Option<&'static Element> {
        ELEMENTS.iter().find(|element| element.descr == descr)
    }
}

//! Instructions without side effects, as functions of 32 lanes; comparisons; what an atomic
//! operation does to its cell. An opcode is looked up once, when a kernel is loaded.
//!
//! The names, types and modifiers are those of the PTX ISA, in its order; whatever it does not
//! list is `None`, never a guess. Where it leaves a result open (division by zero, the bits of a
//! NaN), an H100 has been asked: `emulator/hardware`.
//!
//! | module | idea |
//! |---|---|
//! | `bits`, `compute` | from a function of numbers to a loop over lanes |
//! | `integer`, `logic`, `fields` | integers |
//! | `format`, `exact`, `float` | floating point: exact results, rounded once |
//! | `everyday` | the same for f32 and f64 to nearest, at the host's speed |
//! | `approximate`, `bound` | results that may be off, and how far |
//! | `convert`, `compare` | from type to type; to a predicate |
//! | `atomic` | cells of memory |

mod approximate;
mod atomic;
mod bits;
mod bound;
mod compare;
mod compute;
mod convert;
mod everyday;
mod exact;
mod fields;
mod float;
mod format;
mod integer;
mod logic;
mod modifiers;

pub use atomic::{Atomic, atomic};
pub use bits::Bits;
pub use bound::Bound;
pub use compare::comparison;
pub use compute::{Comparison, Compute, OPERANDS};

/// A section of the ISA.
type Table = fn(&str, &[&str]) -> Option<Compute>;

/// The instruction by its name and modifiers, such as `mad` and `lo`, `s32`.
pub fn compute(base: &str, modifiers: &[&str]) -> Option<Compute> {
    let tables: [Table; 8] = [
        integer::integer,
        logic::logic,
        fields::fields,
        float::float,
        approximate::approximate,
        convert::convert,
        compare::set,
        compare::select,
    ];
    tables.iter().find_map(|table| table(base, modifiers))
}

//! What stands behind the dots of an opcode, taken in the ISA's order.

use super::format::Rounding;
use crate::types::Type;

/// The modifiers that have not been taken yet.
pub struct Modifiers<'a>(pub &'a [&'a str]);

impl Modifiers<'_> {
    /// The next one, if it is this one.
    pub fn flag(&mut self, name: &str) -> bool {
        let found = self.0.first() == Some(&name);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    /// The next one, if it is among these.
    pub fn choice<T: Copy>(&mut self, names: &[(&str, T)]) -> Option<T> {
        names.iter().find(|(name, _)| self.flag(name)).map(|row| row.1)
    }

    /// `.rn`, `.rz`, `.rm`, `.rp`.
    pub fn rounding(&mut self) -> Option<Rounding> {
        self.choice(&[
            ("rn", Rounding::Nearest),
            ("rz", Rounding::Zero),
            ("rm", Rounding::Down),
            ("rp", Rounding::Up),
        ])
    }

    /// `.rni`, `.rzi`, `.rmi`, `.rpi`: to an integer.
    pub fn integral(&mut self) -> Option<Rounding> {
        self.choice(&[
            ("rni", Rounding::Nearest),
            ("rzi", Rounding::Zero),
            ("rmi", Rounding::Down),
            ("rpi", Rounding::Up),
        ])
    }

    /// The type, which must be the last one.
    pub fn element(self) -> Option<Type> {
        match self.0 {
            [name] => Type::named(name),
            _ => None,
        }
    }
}

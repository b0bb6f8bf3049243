//! An array as text: nested brackets, the middle of long axes left out.

use super::Array;
use crate::element::Element;
use std::fmt;

/// Axes longer than this are shown by their two ends.
const LONG: usize = 8;
/// How many entries each end shows.
const END: usize = 3;

impl<T: Element> fmt::Display for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self, f)
    }
}

impl<T: Element> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Array<{}> {:?} ", T::NAME, self.shape())?;
        show(self, f)
    }
}

fn show<T: Element>(array: &Array<T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(length) = array.shape().first().copied() else {
        // Precision and width reach the numbers: format!("{array:.2}").
        return fmt::Display::fmt(&array.item(), f);
    };
    write!(f, "[")?;
    for entry in 0..length {
        if length > LONG && entry == END {
            write!(f, ", …")?;
        }
        if length > LONG && (END..length - END).contains(&entry) {
            continue;
        }
        if entry > 0 {
            write!(f, ", ")?;
        }
        let inner = array.slice(0, entry..entry + 1).reshape(&array.shape()[1..]);
        show(&inner, f)?;
    }
    write!(f, "]")
}

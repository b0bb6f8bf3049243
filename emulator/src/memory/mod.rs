//! Memory: pieces that know their name, their size and what was done to them.

mod address;
mod region;
mod shadow;

pub(crate) use address::{Fault, Home, at_home, decode, generic, space_of, specific};
pub(crate) use region::Region;
pub(crate) use shadow::{Conflict, Event, Manner, Shadow};

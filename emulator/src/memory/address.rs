//! Addresses say which piece of memory they mean: the number of the piece stands above, the
//! bytes from its start below. A pointer that runs out of one piece by less than half of the
//! room below cannot fall into another, so every access out of bounds is seen, and named.

use crate::parse::Space;

/// Room for one piece of global memory: 2⁴⁰ bytes.
const GLOBAL_BITS: u32 = 40;
/// Room for one piece of shared, local or parameter memory: 2²⁰ bytes. Such an address fits
/// a register of 32 bits.
const LOCAL_BITS: u32 = 20;

/// What a generic address holds in its highest byte: the state space that it points to.
const WINDOWS: [(Space, u64); 3] =
    [(Space::Shared, 1), (Space::Local, 2), (Space::Param, 3)];
const WINDOW_BITS: u32 = 56;

/// A piece of memory, by its number in its space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Home {
    /// Buffers, and variables in `.global` and `.const`.
    Global(usize),
    Shared(usize),
    /// One for all lanes of a warp.
    Local(usize),
    Param(usize),
}

/// Why an address leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// It is 0, or a small number.
    Null,
    /// It points into another state space than the instruction says.
    WrongSpace(Space),
}

/// The address of the first byte of a piece, within its own space.
pub(crate) fn at_home(home: Home) -> u64 {
    let (number, bits) = match home {
        Home::Global(number) => (number, GLOBAL_BITS),
        Home::Shared(number) | Home::Local(number) | Home::Param(number) => {
            (number, LOCAL_BITS)
        }
    };
    (number as u64 + 1) << bits | 1 << (bits - 1)
}

/// From an address of a space to a generic one (`cvta`).
pub(crate) fn generic(space: Space, address: u64) -> u64 {
    let window =
        WINDOWS.iter().find(|window| window.0 == space).map_or(0, |window| window.1);
    address | window << WINDOW_BITS
}

/// From a generic address to one of a space (`cvta.to`).
pub(crate) fn specific(space: Space, address: u64) -> u64 {
    // An address of another space stays what it is, and is found out when it is used.
    if space_of(address) == space { address ^ generic(space, 0) } else { address }
}

/// The space that a generic address points to.
pub(crate) fn space_of(address: u64) -> Space {
    let window = WINDOWS.iter().find(|window| window.1 == address >> WINDOW_BITS);
    window.map_or(Space::Global, |window| window.0)
}

/// The piece that an address means, and the bytes from its start, which may be negative or
/// beyond its end.
pub(crate) fn decode(space: Space, address: u64) -> Result<(Home, i64), Fault> {
    let (space, address) = match space {
        Space::Generic => {
            let space = space_of(address);
            (space, specific(space, address))
        }
        Space::Const | Space::Global => {
            if space_of(address) != Space::Global {
                return Err(Fault::WrongSpace(space_of(address)));
            }
            (Space::Global, address)
        }
        space if address >> 32 != 0 => {
            let found = space_of(address);
            // Its own window: a generic address where one of the space is wanted.
            let found = if found == space { Space::Generic } else { found };
            return Err(Fault::WrongSpace(found));
        }
        space => (space, address),
    };
    let bits = if space == Space::Global { GLOBAL_BITS } else { LOCAL_BITS };
    let Some(number) = (address >> bits).checked_sub(1) else { return Err(Fault::Null) };
    let offset = (address & ((1 << bits) - 1)) as i64 - (1 << (bits - 1));
    let number = number as usize;
    let home = match space {
        Space::Shared => Home::Shared(number),
        Space::Local => Home::Local(number),
        Space::Param => Home::Param(number),
        _ => Home::Global(number),
    };
    Ok((home, offset))
}

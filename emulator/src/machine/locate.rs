//! Where an access leads: from the address in a lane to bytes of a piece of memory.

use super::access::lanes;
use super::check::Problem;
use super::context::Context;
use super::warp::Warp;
use crate::finding::{Element, Kind};
use crate::memory::{Fault, Home, decode};
use crate::parse::Space;
use crate::program::Target;
use crate::statistics::{sectors, wavefronts};
use crate::types::{LANES, Mask, Type};

/// One memory instruction.
pub(super) struct Access<'a> {
    /// Where it stands.
    pub at: usize,
    pub target: &'a Target,
    /// All bytes that a lane accesses.
    pub size: usize,
    pub does: Does,
}

/// Lanes of an access that lead to the same piece of memory; nearly always all of them do.
pub(super) struct Part {
    pub home: Home,
    pub lanes: Mask,
    /// For each of these lanes, the first byte, from the start of the piece.
    pub offsets: [usize; LANES],
}

/// What an access does.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Does {
    Reads,
    Writes,
    /// An atomic: it reads, and it writes.
    Both,
}

impl Does {
    pub fn verb(self) -> &'static str {
        match self {
            Does::Reads => "reads",
            Does::Writes => "writes",
            Does::Both => "updates",
        }
    }
}

impl Warp {
    /// Where the active lanes' accesses lead, without those that may not be done.
    pub fn parts(
        &mut self,
        context: &mut Context,
        access: &Access,
        active: Mask,
    ) -> Vec<Part> {
        self.need(context, access.at, access.target.address, active, "an address");
        let (mut parts, mut left) = (std::mem::take(&mut self.spare_parts), active);
        parts.clear();
        let (size, offset) = (access.size as u64, access.target.offset);
        let addresses = self.registers[access.target.address];
        while left != 0 {
            let first = left.trailing_zeros() as usize;
            let address = addresses[first].wrapping_add_signed(offset);
            match self.place(context, access, address, first) {
                Ok((home, start, room)) => {
                    // All other lanes that lead there need not be looked up again.
                    let mut part = Part { home, lanes: 0, offsets: [0; LANES] };
                    for lane in lanes(left) {
                        let address = addresses[lane].wrapping_add_signed(offset);
                        let at = address.wrapping_sub(start);
                        if at <= room - size && address & (size - 1) == 0 {
                            part.lanes |= 1 << lane;
                            part.offsets[lane] = at as usize + start_of(home, room, lane);
                        }
                    }
                    left &= !part.lanes;
                    parts.push(part);
                }
                Err(problem) => {
                    left &= !(1 << first);
                    if context.launch.settings.checks.bounds {
                        self.problem(context, access.at, problem);
                    }
                }
            }
        }
        let settings = context.launch.settings;
        if settings.statistics || settings.trace {
            count_transactions(context, access, &parts);
        }
        parts
    }

    /// The piece of memory, the address of its first byte, and its size (for local memory, that
    /// of one lane); or what is wrong with the address.
    fn place(
        &mut self,
        context: &mut Context,
        access: &Access,
        address: u64,
        lane: usize,
    ) -> Result<(Home, u64, u64), Problem> {
        let Access { target, size, does, .. } = *access;
        let verb = does.verb();
        let invalid = |what: String| {
            let message = format!("{verb} {size} bytes at address {address:#x}: {what}");
            Problem {
                kind: Kind::InvalidAddress,
                lane,
                element: None,
                other: None,
                message,
            }
        };
        let (home, offset) =
            decode(target.space, address).map_err(|fault| match fault {
                Fault::Null if address >> 20 != 0 => invalid(
                "none of global memory; it looks like one of shared or local memory that was \
                 not converted (`cvta`)"
                    .to_string(),
            ),
            Fault::Null => invalid("a null pointer".to_string()),
                Fault::WrongSpace(space) => invalid(format!(
                    "a {} address, where the instruction wants a {} one",
                    name(space),
                    name(target.space)
                )),
            })?;
        let Some(region) = context.region(&mut self.local, home) else {
            return Err(invalid("no buffer is there".to_string()));
        };
        let local = matches!(home, Home::Local(_));
        let room =
            if local { region.bytes.len() / LANES } else { region.bytes.len() } as u64;
        let inside = offset >= 0 && offset as u64 + size as u64 <= room;
        let aligned = address & (size as u64 - 1) == 0;
        let written = !region.read_only || does == Does::Reads;
        if inside && aligned && written {
            return Ok((home, address.wrapping_sub(offset as u64), room));
        }
        let element = self.element(context, target, home, offset);
        let (kind, message) = if !inside {
            (Kind::OutOfBounds, format!("{verb} {element}: out of bounds"))
        } else if !aligned {
            let bytes =
                format!("{verb} {size} bytes at byte {offset} of `{}`", element.buffer);
            (Kind::Misaligned, format!("{bytes}: not a multiple of {size}"))
        } else {
            (Kind::ReadOnly, format!("{verb} {element}, which can only be read"))
        };
        Err(Problem { kind, lane, element: Some(element), other: None, message })
    }

    /// What lies at a byte of a piece of memory. Compilers declare arrays as bytes; then the
    /// type of the access says what an element is.
    pub fn element(
        &mut self,
        context: &mut Context,
        target: &Target,
        home: Home,
        byte: i64,
    ) -> Element {
        let Some(region) = context.region(&mut self.local, home) else {
            let (buffer, element) = (String::new(), target.element);
            return Element { buffer, element, count: 0, index: 0 };
        };
        let local = matches!(home, Home::Local(_));
        let bytes = if local { region.bytes.len() / LANES } else { region.bytes.len() };
        let element = match region.element {
            Type::B8 | Type::U8 => target.element,
            declared => declared,
        };
        Element {
            buffer: region.name.clone(),
            element,
            count: (bytes / element.size()) as u64,
            index: byte.div_euclid(element.size() as i64),
        }
    }
}

/// Where a lane's memory begins in a piece: a local one holds `room` bytes for each lane.
fn start_of(home: Home, room: u64, lane: usize) -> usize {
    if matches!(home, Home::Local(_)) { lane * room as usize } else { 0 }
}

/// How a state space is called.
fn name(space: Space) -> &'static str {
    match space {
        Space::Const => "constant",
        Space::Global => "global",
        Space::Local => "local",
        Space::Param => "parameter",
        Space::Shared => "shared",
        Space::Generic => "generic",
    }
}

fn count_transactions(context: &mut Context, access: &Access, parts: &[Part]) {
    let (mut global, mut banks) = (Vec::with_capacity(LANES), Vec::with_capacity(LANES));
    for part in parts {
        let offsets = lanes(part.lanes).map(|lane| part.offsets[lane] as u64);
        match part.home {
            Home::Global(number) => {
                global.extend(offsets.map(|at| (number as u64) << 40 | at))
            }
            Home::Shared(number) => {
                let base = context.shared.regions[number].base;
                banks.extend(offsets.map(|at| base + at));
            }
            _ => {}
        }
    }
    let counts = &mut context.launch.counts[access.at];
    if !global.is_empty() {
        let (touched, ideal) = sectors(&global, access.size as u64);
        counts.global_requests += 1;
        counts.global_sectors += touched;
        counts.global_sectors_ideal += ideal;
    }
    if !banks.is_empty() {
        let (rounds, ideal) = wavefronts(&banks, access.size as u64);
        counts.shared_requests += 1;
        counts.shared_wavefronts += rounds;
        counts.shared_wavefronts_ideal += ideal;
        if let Some(step) = context.launch.trace.last_mut() {
            step.shared = banks;
        }
    }
}

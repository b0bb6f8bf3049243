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
use crate::types::{LANES, Type};

/// One memory instruction.
pub(super) struct Access<'a> {
    /// Where it stands.
    pub at: usize,
    pub target: &'a Target,
    /// All bytes that a lane accesses.
    pub size: usize,
    pub does: Does,
}

/// Bytes of a piece of memory.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub home: Home,
    pub offset: usize,
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

/// Where each lane's access leads; nowhere if it may not be done.
pub(super) type Places = [Option<Place>; LANES];

impl Warp {
    /// Where each active lane's access leads.
    pub fn places(
        &mut self,
        context: &mut Context,
        access: &Access,
        active: u32,
    ) -> Places {
        let Access { at, target, size, does } = *access;
        self.need(context, at, target.address, active, "an address");
        let mut places = [None; LANES];
        // Nearly always all lanes access the same piece of memory: it is looked up once.
        let mut known: Option<(Home, usize)> = None;
        for lane in lanes(active) {
            let register = &self.registers[target.address];
            let address = register[lane].wrapping_add_signed(target.offset);
            let decoded = decode(target.space, address);
            if let (Ok((home, offset)), Some((same, room))) = (decoded, known)
                && home == same
                && offset as u64 <= room as u64
                && offset as usize + size <= room
                && address & (size as u64 - 1) == 0
            {
                places[lane] = Some(Place {
                    home,
                    offset: start_of(home, room, lane) + offset as usize,
                });
                continue;
            }
            match self.place(context, access, decoded, address, lane) {
                Ok((offset, room, read_only)) => {
                    let home = decoded.expect("a place was found").0;
                    places[lane] =
                        Some(Place { home, offset: start_of(home, room, lane) + offset });
                    known = (!read_only || does == Does::Reads).then_some((home, room));
                }
                Err(problem) if context.launch.settings.checks.bounds => {
                    self.problem(context, at, problem);
                }
                Err(_) => {}
            }
        }
        if context.launch.settings.statistics {
            count_transactions(context, at, &places, size as u64);
        }
        places
    }

    /// The bytes from the start of the piece, its size, and whether it can only be read; or
    /// what is wrong with the address.
    fn place(
        &mut self,
        context: &mut Context,
        access: &Access,
        decoded: Result<(Home, i64), Fault>,
        address: u64,
        lane: usize,
    ) -> Result<(usize, usize, bool), Problem> {
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
        let (home, offset) = decoded.map_err(|fault| match fault {
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
        let room = if local { region.bytes.len() / LANES } else { region.bytes.len() };
        let (read_only, buffer) = (region.read_only, region.name.clone());
        let inside = offset >= 0 && offset as u64 + size as u64 <= room as u64;
        let element = self.element(context, target, home, offset);
        let (kind, message) = if !inside {
            (Kind::OutOfBounds, format!("{verb} {element}: out of bounds"))
        } else if address & (size as u64 - 1) != 0 {
            let bytes = format!("{verb} {size} bytes at byte {offset} of `{buffer}`");
            (Kind::Misaligned, format!("{bytes}: not a multiple of {size}"))
        } else if read_only && does != Does::Reads {
            (Kind::ReadOnly, format!("{verb} {element}, which can only be read"))
        } else {
            return Ok((offset as usize, room, read_only));
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

/// Where a lane's part of a piece begins: local memory holds `room` bytes for each lane.
fn start_of(home: Home, room: usize, lane: usize) -> usize {
    if matches!(home, Home::Local(_)) { lane * room } else { 0 }
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

fn count_transactions(context: &mut Context, at: usize, places: &Places, size: u64) {
    let (mut global, mut banks) = (Vec::with_capacity(LANES), Vec::with_capacity(LANES));
    for place in places.iter().flatten() {
        match place.home {
            Home::Global(number) => {
                global.push((number as u64) << 40 | place.offset as u64)
            }
            Home::Shared(number) => {
                banks.push(context.shared.regions[number].base + place.offset as u64);
            }
            _ => {}
        }
    }
    let counts = &mut context.launch.counts[at];
    if !global.is_empty() {
        let (touched, ideal) = sectors(&global, size);
        counts.global_requests += 1;
        counts.global_sectors += touched;
        counts.global_sectors_ideal += ideal;
    }
    if !banks.is_empty() {
        let (rounds, ideal) = wavefronts(&banks, size);
        counts.shared_requests += 1;
        counts.shared_wavefronts += rounds;
        counts.shared_wavefronts_ideal += ideal;
    }
}

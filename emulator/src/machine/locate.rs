//! Where an access leads: from the address in a lane to bytes of a piece of memory.

use super::access::lanes;
use super::block::Shared;
use super::check::Problem;
use super::launch::Launch;
use super::warp::Warp;
use crate::finding::{Element, Kind};
use crate::memory::{Fault, Home, Region, decode};
use crate::parse::Space;
use crate::program::Target;
use crate::statistics::{sectors, wavefronts};
use crate::types::{LANES, Mask, Type};

/// Bytes of a piece of memory.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub home: Home,
    pub offset: usize,
    pub size: usize,
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

/// The piece of memory with this number.
pub(super) fn region<'r>(
    launch: &'r mut Launch,
    shared: &'r mut [Region],
    local: &'r mut [Region],
    home: Home,
) -> Option<&'r mut Region> {
    match home {
        Home::Global(number) => launch.regions.get_mut(number)?.as_mut(),
        Home::Shared(number) => shared.get_mut(number),
        Home::Local(number) => local.get_mut(number),
        Home::Param(number) => launch.parameters.get_mut(number),
    }
}

impl Warp {
    /// Where each active lane's access of `count` elements leads; nowhere if it may not be done.
    #[allow(clippy::too_many_arguments)]
    pub fn places(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        at: usize,
        target: &Target,
        count: usize,
        does: Does,
        active: Mask,
    ) -> [Option<Place>; LANES] {
        self.need(launch, shared, at, target.address, active, "an address");
        let size = target.element.size() * count;
        let mut places = [None; LANES];
        for lane in lanes(active) {
            let address =
                self.registers[target.address][lane].wrapping_add_signed(target.offset);
            match self.place(launch, shared, target, address, size, lane, does) {
                Ok(place) => places[lane] = Some(place),
                Err(problem) if launch.settings.checks.bounds => {
                    self.problem(launch, shared, at, problem);
                }
                Err(_) => {}
            }
        }
        if launch.settings.statistics {
            count_transactions(launch, shared, at, &places, size as u64);
        }
        places
    }

    #[allow(clippy::too_many_arguments)]
    fn place(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        target: &Target,
        address: u64,
        size: usize,
        lane: usize,
        does: Does,
    ) -> Result<Place, Problem> {
        let problem = |kind, element, message| Problem {
            kind,
            lane,
            element,
            other: None,
            message,
        };
        let verb = does.verb();
        let (home, offset) = decode(target.space, address).map_err(|fault| {
            let message = match fault {
                Fault::Null => format!("{verb} {size} bytes at address {address:#x}: a null pointer"),
                Fault::WrongSpace(space) => format!(
                    "{verb} {size} bytes at {address:#x}, an address of {} memory; the instruction \
                     says {}",
                    name(space),
                    name(target.space)
                ),
            };
            problem(Kind::InvalidAddress, None, message)
        })?;
        let found = region(launch, &mut shared.regions, &mut self.local, home);
        let Some(region) = found else {
            let message = format!(
                "{verb} {size} bytes at {address:#x}, where no buffer is (any more)"
            );
            return Err(problem(Kind::InvalidAddress, None, message));
        };
        let local = matches!(home, Home::Local(_));
        let room = if local { region.bytes.len() / LANES } else { region.bytes.len() };
        let inside = offset >= 0 && offset as u64 + size as u64 <= room as u64;
        let read_only = region.read_only;
        if !inside {
            let element = self.element(launch, shared, target, home, offset);
            let message = format!("{verb} {element}: outside");
            return Err(problem(Kind::OutOfBounds, Some(element), message));
        }
        if address & (size as u64 - 1) != 0 {
            let element = self.element(launch, shared, target, home, offset);
            let message = format!(
                "{verb} {size} bytes at byte {offset} of `{}`: not a multiple of {size}",
                element.buffer
            );
            return Err(problem(Kind::Misaligned, Some(element), message));
        }
        if read_only && does != Does::Reads {
            let element = self.element(launch, shared, target, home, offset);
            let message = format!("{verb} {element}, which can only be read");
            return Err(problem(Kind::ReadOnly, Some(element), message));
        }
        let start = if local { lane * room } else { 0 };
        Ok(Place { home, offset: start + offset as usize, size })
    }

    /// What lies at a byte of a piece of memory. Compilers declare arrays as bytes; then the
    /// type of the access says what an element is.
    pub fn element(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        target: &Target,
        home: Home,
        byte: i64,
    ) -> Element {
        let Some(region) = region(launch, &mut shared.regions, &mut self.local, home)
        else {
            let (buffer, element) = (String::new(), target.element);
            return Element { buffer, element, count: 0, index: 0 };
        };
        let local = matches!(home, Home::Local(_));
        let bytes = if local { region.bytes.len() / LANES } else { region.bytes.len() };
        let declared = region.element;
        let element = match declared {
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

fn count_transactions(
    launch: &mut Launch,
    shared: &Shared,
    at: usize,
    places: &[Option<Place>; LANES],
    size: u64,
) {
    let (mut global, mut banks) = (Vec::with_capacity(LANES), Vec::with_capacity(LANES));
    for place in places.iter().flatten() {
        match place.home {
            Home::Global(number) => {
                global.push((number as u64) << 40 | place.offset as u64)
            }
            Home::Shared(number) => {
                banks.push(shared.regions[number].base + place.offset as u64);
            }
            _ => {}
        }
    }
    let counts = &mut launch.counts[at];
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

//! A warp at its first instruction: what its registers hold.

use super::launch::Launch;
use super::warp::{NEVER, Warp};
use crate::memory::{Home, at_home};
use crate::parse::{Space, Variable};
use crate::program::{Preset, Special};
use crate::types::{LANES, Lanes, Mask};

impl Warp {
    /// Puts it at the first instruction of a block.
    pub fn start(&mut self, launch: &Launch, index: [u32; 3], threads: u32) {
        let first = (self.number * LANES) as u32;
        let lanes = (threads - first).min(LANES as u32);
        self.started = ((1u64 << lanes) - 1) as Mask;
        self.groups.start(self.started);
        self.executed = 0;
        self.undefined.fill((Mask::MAX, NEVER));
        self.undefined_predicates.fill((Mask::MAX, NEVER));
        self.undefined_predicates[0] = (0, NEVER);
        self.predicates[0] = 0;
        for region in &mut self.local {
            region.forget();
        }
        for (register, preset) in &launch.kernel.presets {
            self.registers[*register] = match preset {
                Preset::Constant(bits) => [*bits; LANES],
                Preset::Special(special) => {
                    self.special(*special, launch, index, threads)
                }
                Preset::Address(space, name, offset) => {
                    let address = at_home(home(launch, *space, name));
                    [address.wrapping_add_signed(*offset); LANES]
                }
            };
            self.undefined[*register].0 = 0;
        }
    }

    fn special(
        &self,
        special: Special,
        launch: &Launch,
        index: [u32; 3],
        threads: u32,
    ) -> Lanes {
        let [x, y, _] = launch.shape.block;
        let own =
            |f: &dyn Fn(u32) -> u32| std::array::from_fn(|lane| f(lane as u32) as u64);
        let thread = |lane: u32| (self.number * LANES) as u32 + lane;
        let fixed =
            || launch.kernel.variables_in(Space::Shared).map(|v| v.bytes()).sum::<u64>();
        match special {
            Special::Thread(0) => own(&|lane| thread(lane) % x),
            Special::Thread(1) => own(&|lane| thread(lane) / x % y),
            Special::Thread(_) => own(&|lane| thread(lane) / x / y),
            Special::Block(axis) => [launch.shape.block[axis] as u64; LANES],
            Special::BlockIndex(axis) => [index[axis] as u64; LANES],
            Special::Grid(axis) => [launch.shape.grid[axis] as u64; LANES],
            Special::Lane => own(&|lane| lane),
            Special::Warp => [self.number as u64; LANES],
            Special::Warps => [threads.div_ceil(LANES as u32) as u64; LANES],
            Special::LaneMaskEqual => own(&|lane| 1 << lane),
            Special::LaneMaskLess => own(&|lane| (1 << lane) - 1),
            Special::LaneMaskLessEqual => own(&|lane| u32::MAX >> (31 - lane)),
            Special::LaneMaskGreater => own(&|lane| !(u32::MAX >> (31 - lane))),
            Special::LaneMaskGreaterEqual => own(&|lane| !((1 << lane) - 1)),
            Special::SharedBytes => [fixed() + launch.shape.shared as u64; LANES],
            Special::DynamicSharedBytes => [launch.shape.shared as u64; LANES],
        }
    }
}

/// The piece of memory that a variable is.
fn home(launch: &Launch, space: Space, name: &str) -> Home {
    let named = |variable: &&Variable| variable.name == name;
    let number = |space: Space| {
        let variable = launch.kernel.variables_in(space).find(named);
        // All arrays whose size the launch decides are one and the same.
        let open = variable.is_some_and(|variable| variable.count.is_none());
        let same = |other: &Variable| {
            if open { other.count.is_none() } else { other.name == name }
        };
        launch.kernel.variables_in(space).position(same)
    };
    match space {
        Space::Shared => Home::Shared(number(space).unwrap_or(0)),
        Space::Local => Home::Local(number(space).unwrap_or(0)),
        Space::Param => Home::Param(number(space).unwrap_or(0)),
        _ => Home::Global(launch.variables[&(launch.kernel.program, name.to_string())]),
    }
}

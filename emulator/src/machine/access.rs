//! Loads, stores and atomics. Each lane finds its place in memory, the access is looked at,
//! and then it is done.

use super::check::Problem;
use super::context::Context;
use super::locate::{Access, Does, Part};
use super::order::joined;
use super::warp::Warp;
use crate::finding::Kind;
use crate::memory::{Conflict, Event, Home};
use crate::program::{AtomicAccess, Load, Store};
use crate::types::{LANES, Mask};

/// The lanes in a mask.
pub(super) fn lanes(mut mask: Mask) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = mask.trailing_zeros() as usize;
        mask &= mask.wrapping_sub(1);
        (lane < LANES).then_some(lane)
    })
}

impl Warp {
    pub(super) fn load(
        &mut self,
        context: &mut Context,
        at: usize,
        load: &Load,
        active: Mask,
    ) {
        let (size, count) = (load.target.element.size(), load.to.len());
        let access =
            Access { at, target: &load.target, size: size * count, does: Does::Reads };
        let parts = self.parts(context, &access, active);
        let unwritten =
            parts.iter().fold(0, |all, part| all | self.touch(context, &access, part, 0));
        let shift = if load.extend_sign { 64 - 8 * size as u32 } else { 0 };
        for (number, to) in load.to.iter().enumerate() {
            let Some(to) = to else { continue };
            let mut values = [0; LANES];
            for part in &parts {
                let Some(region) = context.region(&mut self.local, part.home) else {
                    continue;
                };
                let found = region.gather(
                    lanes(part.lanes),
                    &part.offsets,
                    (number * size, size),
                );
                for lane in lanes(part.lanes) {
                    values[lane] = ((found[lane] << shift) as i64 >> shift) as u64;
                }
            }
            self.write(*to, &values, active);
            self.taint(*to, (unwritten, at as u32), active);
        }
        self.spare_parts = parts;
    }

    pub(super) fn store(
        &mut self,
        context: &mut Context,
        at: usize,
        store: &Store,
        active: Mask,
    ) {
        let (size, count) = (store.target.element.size(), store.from.len());
        let access =
            Access { at, target: &store.target, size: size * count, does: Does::Writes };
        let parts = self.parts(context, &access, active);
        for part in &parts {
            let (mut same, mut undefined) = (part.lanes, 0);
            let local = matches!(part.home, Home::Local(_));
            for from in &store.from {
                // A local copy of something half written is the compiler's business.
                if !local {
                    self.need(context, at, *from, part.lanes, "the value stored");
                }
                undefined |= self.undefined[*from].0;
            }
            let Some(region) = context.region(&mut self.local, part.home) else {
                continue;
            };
            for lane in lanes(part.lanes) {
                for (number, from) in store.from.iter().enumerate() {
                    let offset = part.offsets[lane] + number * size;
                    let value = self.registers[*from][lane] & u64::MAX >> (64 - 8 * size);
                    if region.load(offset, size) != value {
                        same &= !(1 << lane);
                    }
                    region.store(offset, size, value);
                }
                if local && undefined >> lane & 1 == 1 {
                    region.unwrite(part.offsets[lane], access.size);
                }
            }
            self.touch(context, &access, part, same);
        }
        self.spare_parts = parts;
    }

    pub(super) fn atomic(
        &mut self,
        context: &mut Context,
        at: usize,
        atomic: &AtomicAccess,
        active: Mask,
    ) {
        let size = atomic.target.element.size();
        let [b, c] = atomic.from.map(|from| self.registers[from]);
        self.need(context, at, atomic.from[0], active, "the operand of an atomic");
        let access = Access { at, target: &atomic.target, size, does: Does::Both };
        let parts = self.parts(context, &access, active);
        context.launch.counts[at].atomics += active.count_ones() as u64;
        let mut before = [0; LANES];
        for part in &parts {
            self.touch(context, &access, part, 0);
            let mut order: Vec<usize> = lanes(part.lanes).collect();
            if let Some(random) = &mut context.launch.random {
                random.shuffle(&mut order);
            }
            let Some(region) = context.region(&mut self.local, part.home) else {
                continue;
            };
            for lane in order {
                let offset = part.offsets[lane];
                before[lane] = region.load(offset, size);
                let after = (atomic.operation.apply)(before[lane], b[lane], c[lane]);
                region.store(offset, size, after);
            }
        }
        if let Some(to) = atomic.to {
            self.write(to, &before, active);
        }
        self.spare_parts = parts;
    }

    /// Looks at an access: was the memory written, does it race, what do fences pass on.
    /// `same` are the lanes whose write changes nothing. Returns the lanes that read something
    /// of a local copy that was never written.
    fn touch(
        &mut self,
        context: &mut Context,
        access: &Access,
        part: &Part,
        same: Mask,
    ) -> Mask {
        let checks = context.launch.settings.checks;
        let shared = matches!(part.home, Home::Global(_) | Home::Shared(_));
        let mut unwritten = 0;
        if checks.uninitialised && access.does != Does::Writes {
            unwritten = self.unwritten(context, access, part);
        }
        if shared && access.target.strength.strong {
            for lane in lanes(part.lanes) {
                self.synchronise(context, access, part, lane);
            }
        }
        if shared && checks.races {
            self.races(context, access, part, same);
        }
        unwritten
    }

    fn unwritten(&mut self, context: &mut Context, access: &Access, part: &Part) -> Mask {
        let Some(region) = context.region(&mut self.local, part.home) else { return 0 };
        if region.all_written() {
            return 0;
        }
        let mut local = 0;
        let mut found = Vec::new();
        for lane in lanes(part.lanes) {
            if let Some(byte) = region.first_unwritten(part.offsets[lane], access.size) {
                match part.home {
                    // What is computed from it is followed instead: a compiler copies
                    // structures whole, with the gaps in them.
                    Home::Local(_) => local |= 1 << lane,
                    _ => found.push((lane, byte)),
                }
            }
        }
        for (lane, byte) in found {
            let element = self.element(context, access.target, part.home, byte as i64);
            let message = format!("reads {element}, which was never written");
            let (kind, element) = (Kind::Uninitialised, Some(element));
            self.problem(
                context,
                access.at,
                Problem { kind, lane, element, other: None, message },
            );
        }
        local
    }

    fn races(&mut self, context: &mut Context, access: &Access, part: &Part, same: Mask) {
        let order = &context.shared.order;
        let (region, own) = match part.home {
            Home::Shared(number) => (context.shared.regions.get_mut(number), true),
            Home::Global(number) => {
                (context.launch.regions.get_mut(number).and_then(Option::as_mut), false)
            }
            _ => return,
        };
        let Some(region) = region.filter(|region| !region.read_only) else { return };
        let clock = order.clock(self.number);
        let manner = access.target.strength.manner();
        let mut event = Event::new(order.block, clock, access.at, self.number, manner);
        let mut found = Vec::new();
        for lane in lanes(part.lanes) {
            event.lanes = 1 << lane;
            // Shared memory that another block used before is a new piece of memory.
            let ordered = |earlier: &Event| {
                own && earlier.block != order.block
                    || order.before(earlier, self.number, lane)
            };
            let place = (part.offsets[lane], access.size);
            let bytes = region.bytes.len();
            let conflict = match access.does {
                Does::Reads => region.shadow.read(bytes, place, event, ordered),
                _ => region.shadow.write(bytes, place, event, ordered),
            };
            // Two threads that write the same value do no harm, whoever comes first.
            let harmless = same >> lane & 1 == 1;
            if let Some(conflict) =
                conflict.filter(|conflict| !(harmless && conflict.other_writes))
            {
                found.push((lane, conflict));
            }
        }
        for (lane, Conflict { other, other_writes }) in found {
            let offset = part.offsets[lane] as i64;
            let element = self.element(context, access.target, part.home, offset);
            let problem = Problem {
                kind: Kind::Race,
                lane,
                message: format!("{} {element}", access.does.verb()),
                element: Some(element),
                other: Some((other, other_writes)),
            };
            self.problem(context, access.at, problem);
        }
    }

    /// A strong write leaves what the last fences cover, for all blocks and for its own; a
    /// strong read finds it.
    fn synchronise(
        &mut self,
        context: &mut Context,
        access: &Access,
        part: &Part,
        lane: usize,
    ) {
        let (home, offset) = (part.home, part.offsets[lane]);
        let order = &mut context.shared.order;
        let left = &mut context.launch.left;
        let strength = access.target.strength;
        let everywhere = if matches!(home, Home::Shared(_)) { None } else { Some(0) };
        for block in everywhere.into_iter().chain([order.block]) {
            if access.does != Does::Writes
                && let Some(found) = left.get(&(block, home, offset))
            {
                order.hear(self.number, lane, found);
            }
        }
        if strength.release {
            order.fence(self.number, strength.block);
        }
        for block in everywhere.into_iter().chain([order.block]) {
            if access.does != Does::Reads
                && let Some(fenced) = order.fenced(self.number, block != 0)
            {
                let known = left.entry((block, home, offset)).or_default();
                *known = joined(known, &fenced);
            }
        }
    }
}

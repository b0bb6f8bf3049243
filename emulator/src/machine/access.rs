//! Loads, stores and atomics. Each lane finds its place in memory, the access is looked at,
//! and then it is done.

use super::check::Problem;
use super::context::Context;
use super::locate::{Access, Does, Place};
use super::order::joined;
use super::warp::Warp;
use crate::finding::Kind;
use crate::memory::{Event, Home};
use crate::parse::Space;
use crate::program::{AtomicAccess, Load, Store, Strength};
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
        let places = self.places(context, &access, active);
        let mut unwritten = 0;
        let checks = context.launch.settings.checks;
        let looks = checks.uninitialised || checks.races || load.target.strength.strong;
        for lane in lanes(if looks { active } else { 0 }) {
            if let Some(place) = places[lane]
                && !self.touch(context, &access, place, lane, false)
            {
                unwritten |= 1 << lane;
            }
        }
        let mut values = [[0u64; LANES]; 4];
        let shift = if load.extend_sign { 64 - 8 * size as u32 } else { 0 };
        let mut lane = 0;
        while lane < LANES {
            let Some(Place { home, .. }) = places[lane] else {
                lane += 1;
                continue;
            };
            let Some(region) = context.region(&mut self.local, home) else { break };
            // As many lanes as access the same piece of memory.
            while let Some(Some(place)) =
                places.get(lane).filter(|p| p.is_some_and(|p| p.home == home))
            {
                for (number, values) in values[..count].iter_mut().enumerate() {
                    let bits = region.load(place.offset + number * size, size);
                    values[lane] = ((bits << shift) as i64 >> shift) as u64;
                }
                lane += 1;
            }
        }
        for (to, values) in load.to.iter().zip(&values) {
            if let Some(to) = to {
                self.write(*to, values, active);
                self.taint(*to, (unwritten, at as u32), active);
            }
        }
    }

    pub(super) fn store(
        &mut self,
        context: &mut Context,
        at: usize,
        store: &Store,
        active: Mask,
    ) {
        let (size, count) = (store.target.element.size(), store.from.len());
        let mut undefined = 0;
        for from in &store.from {
            // A local copy of something half written is the compiler's business.
            if store.target.space != Space::Local {
                self.need(context, at, *from, active, "the value stored");
            }
            undefined |= self.undefined[*from].0;
        }
        let access =
            Access { at, target: &store.target, size: size * count, does: Does::Writes };
        let places = self.places(context, &access, active);
        for lane in lanes(active) {
            let Some(place) = places[lane] else { continue };
            let Some(region) = context.region(&mut self.local, place.home) else {
                continue;
            };
            let mut same = true;
            for (number, from) in store.from.iter().enumerate() {
                let (offset, value) =
                    (place.offset + number * size, self.registers[*from][lane]);
                same &=
                    region.load(offset, size) == value & (u64::MAX >> (64 - 8 * size));
                region.store(offset, size, value);
            }
            if undefined >> lane & 1 == 1 && matches!(place.home, Home::Local(_)) {
                region.unwrite(place.offset, access.size);
            }
            self.touch(context, &access, place, lane, same);
        }
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
        let places = self.places(context, &access, active);
        context.launch.counts[at].atomics += active.count_ones() as u64;
        let mut order: Vec<usize> = lanes(active).collect();
        if let Some(random) = &mut context.launch.random {
            random.shuffle(&mut order);
        }
        let mut before = [0; LANES];
        for lane in order {
            let Some(place) = places[lane] else { continue };
            self.touch(context, &access, place, lane, false);
            let Some(region) = context.region(&mut self.local, place.home) else {
                continue;
            };
            before[lane] = region.load(place.offset, size);
            let after = (atomic.operation.apply)(before[lane], b[lane], c[lane]);
            region.store(place.offset, size, after);
        }
        if let Some(to) = atomic.to {
            self.write(to, &before, active);
        }
    }

    /// Looks at an access of one lane: was the memory written, does it race, what do fences
    /// pass on. `same` says that a write changes nothing. Returns whether all that is read was
    /// written before.
    fn touch(
        &mut self,
        context: &mut Context,
        access: &Access,
        place: Place,
        lane: usize,
        same: bool,
    ) -> bool {
        if matches!(place.home, Home::Param(_)) {
            return true;
        }
        let checks = context.launch.settings.checks;
        let shared = matches!(place.home, Home::Global(_) | Home::Shared(_));
        let mut written = true;
        if checks.uninitialised && access.does != Does::Writes {
            let region = context.region(&mut self.local, place.home);
            let unwritten =
                region.and_then(|r| r.first_unwritten(place.offset, access.size));
            match unwritten {
                Some(byte) if shared => {
                    self.unwritten(context, access, place.home, byte, lane)
                }
                // Half of a local copy: what is computed from it is followed instead.
                Some(_) => written = false,
                None => {}
            }
        }
        if shared && access.target.strength.strong {
            self.synchronise(context, place, access.target.strength, access.does);
        }
        if shared && checks.races {
            self.race(context, access, place, lane, same);
        }
        written
    }

    fn unwritten(
        &mut self,
        context: &mut Context,
        access: &Access,
        home: Home,
        byte: usize,
        lane: usize,
    ) {
        let element = self.element(context, access.target, home, byte as i64);
        let message = format!("reads {element}, which was never written");
        let (kind, element) = (Kind::Uninitialised, Some(element));
        self.problem(
            context,
            access.at,
            Problem { kind, lane, element, other: None, message },
        );
    }

    fn race(
        &mut self,
        context: &mut Context,
        access: &Access,
        Place { home, offset }: Place,
        lane: usize,
        same: bool,
    ) {
        let order = &context.shared.order;
        let event = Event {
            block: order.block,
            clock: order.clock(self.number),
            instruction: access.at as u32,
            lanes: 1 << lane,
            warp: self.number as u8,
            strong: access.target.strength.strong,
            in_block: access.target.strength.block,
        };
        let (region, own) = match home {
            Home::Shared(number) => (context.shared.regions.get_mut(number), true),
            Home::Global(number) => {
                (context.launch.regions.get_mut(number).and_then(Option::as_mut), false)
            }
            _ => return,
        };
        let Some(region) = region.filter(|region| !region.read_only) else { return };
        // Shared memory that another block used before is a new piece of memory.
        let ordered = |earlier: &Event| {
            own && earlier.block != order.block
                || order.before(earlier, self.number, lane)
        };
        let bytes = region.bytes.len();
        let conflict = match access.does {
            Does::Reads => {
                region.shadow.read(bytes, (offset, access.size), event, ordered)
            }
            _ => region.shadow.write(bytes, (offset, access.size), event, ordered),
        };
        // Two threads that write the same value do no harm, whoever comes first.
        let Some(conflict) = conflict.filter(|conflict| !(same && conflict.other_writes))
        else {
            return;
        };
        let element = self.element(context, access.target, home, offset as i64);
        let problem = Problem {
            kind: Kind::Race,
            lane,
            message: format!("{} {element}", access.does.verb()),
            element: Some(element),
            other: Some((conflict.other, conflict.other_writes)),
        };
        self.problem(context, access.at, problem);
    }

    /// A strong write leaves what the last fence covers; a strong read finds it.
    fn synchronise(
        &mut self,
        context: &mut Context,
        Place { home, offset }: Place,
        strength: Strength,
        does: Does,
    ) {
        let order = &mut context.shared.order;
        let block = if matches!(home, Home::Shared(_)) { order.block } else { 0 };
        let key = (block, home, offset);
        if does != Does::Writes
            && let Some(found) = context.launch.left.get(&key)
        {
            order.hear(self.number, found);
        }
        if strength.release {
            order.fence(self.number);
        }
        if does != Does::Reads
            && let Some(fenced) = order.fenced(self.number)
        {
            let left = match context.launch.left.get(&key) {
                Some(left) => joined(left, &fenced),
                None => fenced,
            };
            context.launch.left.insert(key, left);
        }
    }
}

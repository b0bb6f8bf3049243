//! Loads, stores and atomics. Each lane finds its place in memory, the access is checked, and
//! then it is done.

use super::block::Shared;
use super::check::Problem;
use super::launch::Launch;
use super::locate::{Does, Place, region};
use super::order::joined;
use super::warp::Warp;
use crate::finding::Kind;
use crate::memory::{Event, Home};
use crate::parse::Space;
use crate::program::{AtomicAccess, Load, Store, Strength, Target};
use crate::types::{LANES, Mask};

/// The lanes in a mask.
pub(super) fn lanes(mask: Mask) -> impl Iterator<Item = usize> {
    (0..LANES).filter(move |lane| mask >> lane & 1 == 1)
}

impl Warp {
    pub(super) fn load(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        at: usize,
        load: &Load,
        active: Mask,
    ) {
        let (size, count) = (load.target.element.size(), load.to.len());
        let places =
            self.places(launch, shared, at, &load.target, count, Does::Reads, active);
        let mut values = [[0u64; LANES]; 4];
        let mut unwritten = 0;
        for lane in lanes(active) {
            let Some(place) = places[lane] else { continue };
            if !self.touch(
                launch,
                shared,
                at,
                &load.target,
                place,
                lane,
                Does::Reads,
                false,
            ) {
                unwritten |= 1 << lane;
            }
            let found = region(launch, &mut shared.regions, &mut self.local, place.home);
            let Some(region) = found else { continue };
            for (number, values) in values[..count].iter_mut().enumerate() {
                let bits = region.load(place.offset + number * size, size);
                let shift = 64 - 8 * size as u32;
                values[lane] = match load.extend_sign {
                    true => ((bits << shift) as i64 >> shift) as u64,
                    false => bits,
                };
            }
        }
        for (to, values) in load.to.iter().zip(values) {
            if let Some(to) = to {
                self.write(*to, values, active);
                self.taint(*to, (unwritten, at as u32), active);
            }
        }
    }

    pub(super) fn store(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        at: usize,
        store: &Store,
        active: Mask,
    ) {
        let (size, count) = (store.target.element.size(), store.from.len());
        for from in &store.from {
            // A local copy of something half written is the compiler's business.
            if store.target.space != Space::Local {
                self.need(launch, shared, at, *from, active, "the value stored");
            }
        }
        let places =
            self.places(launch, shared, at, &store.target, count, Does::Writes, active);
        for lane in lanes(active) {
            let Some(place) = places[lane] else { continue };
            let values: [u64; 4] = std::array::from_fn(|i| {
                store.from.get(i).map_or(0, |from| self.registers[*from][lane])
            });
            let defined = |from: &usize| self.undefined[*from].0 >> lane & 1 == 0;
            let defined = store.from.iter().all(defined);
            let found = region(launch, &mut shared.regions, &mut self.local, place.home);
            let Some(region) = found else { continue };
            let mut same = true;
            for (number, value) in values[..count].iter().enumerate() {
                let offset = place.offset + number * size;
                same &=
                    region.load(offset, size) == value & (u64::MAX >> (64 - 8 * size));
                region.store(offset, size, *value);
                if !defined {
                    region.unwrite(offset, size);
                }
            }
            self.touch(
                launch,
                shared,
                at,
                &store.target,
                place,
                lane,
                Does::Writes,
                same,
            );
        }
    }

    pub(super) fn atomic(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        at: usize,
        atomic: &AtomicAccess,
        active: Mask,
    ) {
        let size = atomic.target.element.size();
        let [b, c] = atomic.from.map(|from| self.registers[from]);
        self.need(launch, shared, at, atomic.from[0], active, "the operand of an atomic");
        let places =
            self.places(launch, shared, at, &atomic.target, 1, Does::Both, active);
        launch.counts[at].atomics += active.count_ones() as u64;
        let mut order: Vec<usize> = lanes(active).collect();
        if let Some(random) = &mut launch.random {
            random.shuffle(&mut order);
        }
        let mut before = [0; LANES];
        for lane in order {
            let Some(place) = places[lane] else { continue };
            self.touch(
                launch,
                shared,
                at,
                &atomic.target,
                place,
                lane,
                Does::Both,
                false,
            );
            let found = region(launch, &mut shared.regions, &mut self.local, place.home);
            let Some(region) = found else { continue };
            before[lane] = region.load(place.offset, size);
            let after = (atomic.operation.apply)(before[lane], b[lane], c[lane]);
            region.store(place.offset, size, after);
        }
        if let Some(to) = atomic.to {
            self.write(to, before, active);
        }
    }

    /// Looks at an access of one lane: was the memory written, does it race, what do fences
    /// pass on. Returns whether all that is read was written before.
    #[allow(clippy::too_many_arguments)]
    fn touch(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        at: usize,
        target: &Target,
        place: Place,
        lane: usize,
        does: Does,
        same: bool,
    ) -> bool {
        let Place { home, offset, size } = place;
        if matches!(home, Home::Param(_)) {
            return true;
        }
        let checks = launch.settings.checks;
        let mut written = true;
        if checks.uninitialised && does != Does::Writes {
            let found = region(launch, &mut shared.regions, &mut self.local, home);
            let unwritten = found.and_then(|region| region.first_unwritten(offset, size));
            written = unwritten.is_none();
            if let (Some(byte), Home::Global(_) | Home::Shared(_)) = (unwritten, home) {
                written = true; // Told here; what is computed from it is not told again.
                let element = self.element(launch, shared, target, home, byte as i64);
                let message = format!("reads {element}, which was never written");
                let (kind, element) = (Kind::Uninitialised, Some(element));
                let problem = Problem { kind, lane, element, other: None, message };
                self.problem(launch, shared, at, problem);
            }
        }
        if !matches!(home, Home::Global(_) | Home::Shared(_)) {
            return written;
        }
        if target.strength.strong {
            self.synchronise(launch, shared, place, target.strength, does);
        }
        if checks.races {
            self.race(launch, shared, at, target, place, lane, does, same);
        }
        written
    }

    #[allow(clippy::too_many_arguments)]
    fn race(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        at: usize,
        target: &Target,
        Place { home, offset, size }: Place,
        lane: usize,
        does: Does,
        same: bool,
    ) {
        let event = Event {
            block: shared.order.block,
            clock: shared.order.clock(self.number),
            instruction: at as u32,
            lanes: 1 << lane,
            warp: self.number as u8,
            strong: target.strength.strong,
            in_block: target.strength.block,
        };
        let Shared { regions, order, .. } = shared;
        let Some(region) = region(launch, regions, &mut self.local, home) else { return };
        if region.read_only {
            return;
        }
        // Shared memory that another block used before is a new piece of memory.
        let own = matches!(home, Home::Shared(_));
        let ordered = |earlier: &Event| {
            own && earlier.block != order.block
                || order.before(earlier, self.number, lane)
        };
        let bytes = region.bytes.len();
        let conflict = match does {
            Does::Reads => region.shadow.read(bytes, (offset, size), event, ordered),
            _ => region.shadow.write(bytes, (offset, size), event, ordered),
        };
        // Two threads that write the same value do no harm, whoever comes first.
        let Some(conflict) = conflict.filter(|conflict| !(same && conflict.other_writes))
        else {
            return;
        };
        let element = self.element(launch, shared, target, home, offset as i64);
        let problem = Problem {
            kind: Kind::Race,
            lane,
            message: format!("{} {element}", does.verb()),
            element: Some(element),
            other: Some((conflict.other, conflict.other_writes)),
        };
        self.problem(launch, shared, at, problem);
    }

    /// A strong write leaves what the last fence covers; a strong read finds it.
    fn synchronise(
        &mut self,
        launch: &mut Launch,
        shared: &mut Shared,
        Place { home, offset, .. }: Place,
        strength: Strength,
        does: Does,
    ) {
        let block = if matches!(home, Home::Shared(_)) { shared.order.block } else { 0 };
        let key = (block, home, offset);
        if does != Does::Writes
            && let Some(found) = launch.left.get(&key)
        {
            shared.order.hear(self.number, found);
        }
        if strength.release {
            shared.order.fence(self.number);
        }
        if does != Does::Reads
            && let Some(fenced) = shared.order.fenced(self.number)
        {
            let left = match launch.left.get(&key) {
                Some(left) => joined(left, &fenced),
                None => fenced,
            };
            launch.left.insert(key, left);
        }
    }
}

//! Which accesses come before which: clocks that barriers and fences pass on.
//!
//! Every warp has a clock that ticks whenever it shares what it did. A barrier tells all its
//! warps the clocks of the others; `bar.warp.sync` does the same for the lanes of one warp; a
//! fence and then a strong write leave the clocks at an address, where a strong read of
//! another block finds them. (Vector clocks: Lamport 1978, Mattern 1989.)

use crate::memory::Event;
use crate::types::{LANES, Mask};
use std::collections::HashMap;
use std::rc::Rc;

/// The clocks of the warps of each block that was heard of.
pub(crate) type Heard = HashMap<u32, Vec<u32>>;

/// What one warp knows.
#[derive(Clone)]
struct View {
    clock: u32,
    /// Up to this time of its own all lanes know what the others did.
    together: u32,
    /// For lane i, up to which time it knows what lane j did; only after a barrier of some lanes.
    lanes: Option<Box<[[u32; LANES]; LANES]>>,
    /// Up to which time it knows what each warp of the block did.
    seen: Vec<u32>,
    /// The same for warps of other blocks.
    heard: Rc<Heard>,
    /// What it knew and had done at its last fence for all, and at its last one for the block.
    fenced: [Option<Rc<Heard>>; 2],
}

/// The order within one block.
pub(crate) struct Order {
    /// The block's number over all launches.
    pub block: u32,
    /// Blocks below this one belong to earlier launches.
    first_block: u32,
    views: Vec<View>,
}

impl Order {
    pub fn new(block: u32, first_block: u32, warps: usize) -> Order {
        let view = View {
            clock: 1,
            together: 0,
            lanes: None,
            seen: vec![0; warps],
            heard: Rc::default(),
            fenced: [None, None],
        };
        Order { block, first_block, views: vec![view; warps] }
    }

    /// The time of a warp.
    pub fn clock(&self, warp: usize) -> u32 {
        self.views[warp].clock
    }

    /// Whether all that `event` stands for comes before what this lane does now.
    pub fn before(&self, event: &Event, warp: usize, lane: usize) -> bool {
        let view = &self.views[warp];
        let by = event.warp();
        if event.block < self.first_block {
            true
        } else if event.block != self.block {
            view.heard.get(&event.block).is_some_and(|clocks| clocks[by] >= event.clock)
        } else if by != warp {
            view.seen[by] >= event.clock
        } else {
            let others = event.lanes & !(1 << lane);
            others == 0
                || event.clock <= view.together
                || view.lanes.as_ref().is_some_and(|lanes| {
                    (0..LANES)
                        .all(|i| others >> i & 1 == 0 || lanes[lane][i] >= event.clock)
                })
        }
    }

    /// A barrier: those who wait there learn what all who came did before. (Who only came by,
    /// with `bar.arrive`, learns nothing.)
    pub fn barrier(&mut self, came: &[usize], wait: &[usize]) {
        let mut joint = vec![0; self.views.len()];
        let mut heard: Rc<Heard> = Rc::default();
        let mut fenced = [None, None];
        for &warp in came {
            let view = &mut self.views[warp];
            joint
                .iter_mut()
                .zip(&view.seen)
                .for_each(|(all, seen)| *all = (*all).max(*seen));
            joint[warp] = joint[warp].max(view.clock);
            heard = joined(&heard, &view.heard);
            for (all, own) in fenced.iter_mut().zip(&view.fenced) {
                *all = both(all, own);
            }
            view.clock += 1;
        }
        for &warp in wait {
            let view = &mut self.views[warp];
            view.seen.clone_from(&joint);
            view.heard = heard.clone();
            view.fenced = fenced.clone();
            view.together = view.clock - 1;
            view.lanes = None;
        }
    }

    /// A barrier of these lanes of a warp; `whole` if no living lane is missing.
    pub fn warp_barrier(&mut self, warp: usize, members: Mask, whole: bool) {
        let view = &mut self.views[warp];
        if whole {
            view.together = view.clock;
            view.lanes = None;
        } else {
            let lanes = view.lanes.get_or_insert_with(|| Box::new([[0; LANES]; LANES]));
            let is = |lane: usize| members >> lane & 1 == 1;
            let mut joint = [0; LANES];
            for member in (0..LANES).filter(|&lane| is(lane)) {
                for (lane, known) in joint.iter_mut().enumerate() {
                    *known = lanes[member][lane].max(*known);
                }
                joint[member] = view.clock;
            }
            for member in (0..LANES).filter(|&lane| is(lane)) {
                lanes[member] = joint;
            }
        }
        view.clock += 1;
    }

    /// A fence: from here on strong writes pass on what was done so far, to all or to threads
    /// of the block.
    pub fn fence(&mut self, warp: usize, in_block: bool) {
        let view = &mut self.views[warp];
        let mut known = (*view.heard).clone();
        let mut own = view.seen.clone();
        own[warp] = view.clock;
        known.insert(self.block, own);
        let known = Some(Rc::new(known));
        view.fenced[1] = known.clone();
        if !in_block {
            view.fenced[0] = known;
        }
        view.clock += 1;
    }

    /// What a strong write of this warp leaves for others, or for threads of its block, to find.
    pub fn fenced(&self, warp: usize, in_block: bool) -> Option<Rc<Heard>> {
        self.views[warp].fenced[in_block as usize].clone()
    }

    /// What a strong read of a lane found.
    pub fn hear(&mut self, warp: usize, lane: usize, found: &Rc<Heard>) {
        let view = &mut self.views[warp];
        if let Some(own) = found.get(&self.block) {
            view.seen
                .iter_mut()
                .zip(own)
                .for_each(|(seen, own)| *seen = (*seen).max(*own));
            // Of its own warp, this lane alone has heard.
            if own[warp] > view.together {
                let lanes =
                    view.lanes.get_or_insert_with(|| Box::new([[0; LANES]; LANES]));
                lanes[lane].iter_mut().for_each(|known| *known = (*known).max(own[warp]));
            }
        }
        view.heard = joined(&view.heard, found);
    }
}

/// What both know.
pub(crate) fn joined(a: &Rc<Heard>, b: &Rc<Heard>) -> Rc<Heard> {
    if Rc::ptr_eq(a, b) || b.is_empty() {
        return a.clone();
    }
    if a.is_empty() {
        return b.clone();
    }
    let mut all = (**a).clone();
    for (block, clocks) in b.iter() {
        let known = all.entry(*block).or_insert_with(|| vec![0; clocks.len()]);
        known
            .iter_mut()
            .zip(clocks)
            .for_each(|(known, clock)| *known = (*known).max(*clock));
    }
    Rc::new(all)
}

/// What both know, if anyone knows anything.
fn both(a: &Option<Rc<Heard>>, b: &Option<Rc<Heard>>) -> Option<Rc<Heard>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(joined(a, b)),
        (a, b) => a.clone().or(b.clone()),
    }
}

//! Divergence: the lanes of a warp that stand at the same instruction form a group.
//!
//! The group at the lowest instruction runs first. Compilers put the place where two branches
//! meet again behind both, so this brings them together there; the ISA promises nothing, and a
//! group that runs for long lets the others run too.

use crate::types::Mask;

/// Lanes that do the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    /// The instruction that they do next.
    pub at: usize,
    pub lanes: Mask,
    pub state: State,
}

/// Whether a group can go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum State {
    Ready,
    /// At a barrier of the block.
    Barrier,
    /// At a warp operation, for lanes that its mask names and that are not there yet.
    Warp,
}

/// All living lanes of a warp.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    pub all: Vec<Group>,
}

impl Groups {
    pub fn start(&mut self, lanes: Mask) {
        self.all.clear();
        self.all.push(Group { at: 0, lanes, state: State::Ready });
    }

    /// All living lanes.
    pub fn living(&self) -> Mask {
        self.all.iter().fold(0, |lanes, group| lanes | group.lanes)
    }

    /// The group that should run: a ready one at the lowest instruction, or, `after` a group
    /// that ran for long, the next one behind it.
    pub fn choose(&self, after: Option<usize>) -> Option<usize> {
        let ready = || (0..self.all.len()).filter(|&i| self.all[i].state == State::Ready);
        let behind = after.and_then(|at| {
            ready().filter(|&i| self.all[i].at > at).min_by_key(|&i| self.all[i].at)
        });
        behind.or_else(|| ready().min_by_key(|&i| self.all[i].at))
    }

    /// Joins a group with all others that stand at the same instruction.
    pub fn gather(&mut self, mut index: usize) -> usize {
        loop {
            let before = self.all.len();
            index = self.join(index);
            if self.all.len() == before {
                return index;
            }
        }
    }

    /// Joins all groups that stand at the same instruction.
    pub fn join_all(&mut self) {
        for group in std::mem::take(&mut self.all) {
            self.all.push(group);
            if group.state != State::Barrier {
                self.join(self.all.len() - 1);
            }
        }
    }

    /// Joins a group with another that stands at the same instruction; a group that waited for
    /// lanes of its warp looks again. Returns where the joint group is.
    pub fn join(&mut self, index: usize) -> usize {
        let Group { at, lanes, .. } = self.all[index];
        let meets = |(other, group): (usize, &Group)| {
            other != index && group.at == at && group.state != State::Barrier
        };
        let Some(other) = self.all.iter().enumerate().position(meets) else {
            return index;
        };
        self.all[other].lanes |= lanes;
        self.all[other].state = State::Ready;
        self.all.swap_remove(index);
        // The last one took the place of the one that went.
        if other == self.all.len() { index } else { other }
    }
}

//! What surrounds a warp while it runs: its launch and its block.

use super::block::Shared;
use super::launch::Launch;
use crate::memory::{Home, Region};

/// The launch and what the warps of the block share.
pub(super) struct Context<'c, 'l> {
    pub launch: &'c mut Launch<'l>,
    pub shared: &'c mut Shared,
}

impl<'c> Context<'c, '_> {
    /// The piece of memory with this number; `local` is the warp's own.
    pub fn region<'r>(
        &'r mut self,
        local: &'r mut [Region],
        home: Home,
    ) -> Option<&'r mut Region> {
        match home {
            Home::Global(number) => self.launch.regions.get_mut(number)?.as_mut(),
            Home::Shared(number) => self.shared.regions.get_mut(number),
            Home::Local(number) => local.get_mut(number),
            Home::Param(number) => self.launch.parameters.get_mut(number),
        }
    }
}

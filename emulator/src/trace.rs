//! What was executed, instruction by instruction.

use crate::parse::Place;
use crate::types::Mask;

/// An instruction that a warp executed.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The block in the grid.
    pub block: [u32; 3],
    /// The warp in the block.
    pub warp: usize,
    /// Where the instruction stands.
    pub place: Place,
    /// The lanes that came to it together: lane 0 has the lowest bit.
    pub lanes: Mask,
    /// Those of them that did it: in which its guard, if it has one, held.
    pub active: Mask,
    /// Where in the block's shared memory they read or wrote, lane after lane, in bytes.
    pub shared: Vec<u64>,
}

//! What every device can do. There are two engines: a GPU, and the emulator.

use super::kernel::{Arguments, Kernel, Shape};
use crate::Result;

/// A device's memory and its kernels. Everything happens in the order in which it is asked
/// for, and may happen later, but for `read`, which waits.
pub(super) trait Engine: Send + Sync {
    fn name(&self) -> String;

    /// Memory of so many bytes, in which nothing is written yet.
    fn allocate(&self, bytes: usize) -> Result<u64>;

    /// Gives memory back.
    fn free(&self, pointer: u64, bytes: usize);

    /// How often memory was really asked for.
    fn allocations(&self) -> usize;

    /// Copies bytes to the device.
    fn write(&self, pointer: u64, bytes: &[u8]) -> Result<()>;

    /// Copies bytes from the device, from `offset` on, once all that came before is done.
    fn read(&self, pointer: u64, offset: u64, bytes: &mut [u8]) -> Result<()>;

    fn launch(&self, kernel: &Kernel, shape: Shape, arguments: &Arguments) -> Result<()>;

    fn synchronize(&self) -> Result<()>;
}

//! Every kernel against the library's own operations: on the emulator with all checks, once more
//! with approximate results moved and orders shuffled, and on a GPU where there is one.

mod agreement;
#[path = "../support/devices.rs"]
mod devices;
mod suite;

use devices::{gpu, real_gpu};
use gradus::device::{Checks, Device, Gpu, Settings};

/// Calls `body` for the emulator as it is, for the emulator at its most contrary, and for a GPU
/// where there is one.
fn everywhere(body: impl Fn(&Gpu)) {
    assert_eq!(Settings::default().checks, Checks::ALL);
    body(&gpu(Device::emulator()));
    body(&gpu(contrary()));
    real_gpu().iter().for_each(body);
}

/// The emulator with approximate results moved and orders shuffled.
fn contrary() -> Device {
    let contrary = Settings { pessimistic: Some(7), ..Settings::default() };
    Device::emulator_with(contrary)
}

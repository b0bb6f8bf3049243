//! Tensors on every device: the same operations, models and training as on the processor.

#[path = "../support/devices.rs"]
mod devices;
mod operations;
mod refusals;
mod sizes;
mod training;

use gradus::device::{Device, Gpu, Settings};

/// Calls `body` for the emulator as it is, for the emulator at its most contrary, and for a GPU
/// where there is one.
fn everywhere(body: impl Fn(&Device)) {
    body(&Device::emulator());
    let contrary = Settings { pessimistic: Some(7), ..Settings::default() };
    body(&Device::emulator_with(contrary));
    devices::real_gpu().into_iter().map(Device::Gpu).for_each(|device| body(&device));
}

/// The device's memory and kernels.
fn gpu(device: &Device) -> Gpu {
    devices::gpu(device.clone())
}

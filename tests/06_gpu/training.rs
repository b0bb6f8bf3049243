//! A network trains on the emulator as on the processor.

#[path = "../../examples/06_gpu/mlp.rs"]
#[allow(dead_code)]
mod mlp;
#[path = "../../examples/support/mod.rs"]
#[allow(dead_code)]
mod support;

use gradus::device::{Device, Settings};
use mlp::{apart, pictures, train};

/// How far the losses may be apart, in units of the loss: a hundred roundings of f32.
const BOUND: f64 = 100.0 * f32::EPSILON as f64;

#[test]
fn the_losses_are_those_of_the_processor() {
    let table = pictures(0);
    let cpu = train(&Device::Cpu, &table, 0, 8).unwrap();
    assert!(cpu[7] < 0.9 * cpu[0], "it learns: {cpu:?}");
    for pessimistic in [None, Some(1), Some(2)] {
        let settings = Settings { pessimistic, ..Settings::default() };
        let device = Device::emulator_with(settings);
        let losses = train(&device, &table, 0, 8).unwrap();
        assert_eq!(losses.len(), 8);
        let apart = apart(&cpu, &losses);
        assert!(apart < BOUND, "{pessimistic:?}: {apart:e}");
    }
    // Another seed is another run: the bound can be missed.
    let other = train(&Device::emulator(), &table, 1, 8).unwrap();
    assert!(apart(&cpu, &other) > BOUND);
}

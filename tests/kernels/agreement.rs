//! Two devices as one: here the emulator, and the emulator at its most contrary.

use crate::devices::gpu;
use crate::{contrary, suite};
use gradus::device::twin::{Agreement, twin};
use gradus::device::{Arguments, Device, Kernel, Memory, Shape, Source, kernels};
use std::collections::BTreeMap;

/// Runs everything on the pair.
fn everything() -> BTreeMap<String, Agreement> {
    let (device, agreements) = twin(gpu(contrary()), gpu(Device::emulator()));
    let device = gpu(device);
    suite::ALL.iter().for_each(|(_, body)| body(&device));
    agreements.all()
}

/// No kernel is left out of the suite. What a kernel's text fixes, nothing moves; what it leaves
/// open is moved, and stays within the bound.
#[test]
fn every_kernel_is_launched_and_agrees_as_far_as_its_text_says() {
    let seen = everything();
    let entries = kernels::ALL.iter().flat_map(|source| source.ptx.lines());
    let entries: Vec<&str> = entries
        .filter_map(|line| line.strip_prefix(".visible .entry ")?.split('(').next())
        .collect();
    assert!(entries.len() > 120, "{} kernels", entries.len());
    let missing: Vec<_> =
        entries.iter().filter(|name| !seen.contains_key(**name)).collect();
    assert!(missing.is_empty(), "no body launches {missing:?}");
    for (name, agreement) in &seen {
        assert!(agreement.holds(), "{name}: {agreement:?}");
        assert!(agreement.launches > 0 && agreement.words > 0, "{name}: {agreement:?}");
    }
    let moved = |name: &str| seen[name].differing > 0;
    assert!(moved("exp_value") && moved("softmax_value") && !moved("copy"));
    assert!(seen["matmul_v3_register_tile"].exact && !seen["exp_value"].exact);
}

/// Two kernels that differ only in what they write to the last element, each of them on one of
/// the two devices: as if one device were wrong.
#[test]
fn a_device_that_computes_something_else_is_found_out() {
    let text = |number: &str| {
        let ptx = format!(
            ".version 7.0\n.target sm_75\n.address_size 64\n.visible .entry mark(.param .u64 to)\n{{\n\
             .reg .b64 %rd<3>;\n.reg .b32 %r<2>;\nld.param.u64 %rd1, [to];\n\
             cvta.to.global.u64 %rd2, %rd1;\nmov.u32 %r1, {number};\n\
             st.global.u32 [%rd2+4], %r1;\nret;\n}}\n"
        );
        Source { name: "mark".into(), ptx: ptx.into() }
    };
    let (first, second) = (gpu(Device::emulator()), gpu(Device::emulator()));
    let (wrong, right) = (text("1065353217"), text("1065353216")); // one bit apart
    // Each device reads a source once, and knows it by its name from then on.
    let there = Memory::from_slice(&first, &[0f32; 2]).unwrap();
    let launch = |device: &gradus::device::Gpu, source: &Source, memory: &Memory<f32>| {
        let kernel = Kernel { source, name: "mark" };
        let arguments = Arguments::new().memory("to", memory);
        device.launch(&kernel, Shape::row(1, 1), &arguments).unwrap();
    };
    launch(&first, &wrong, &there);
    let (pair, agreements) = twin(first.clone(), second);
    let pair = gpu(pair);
    let memory = Memory::from_slice(&pair, &[7f32, 8.0]).unwrap();
    launch(&pair, &right, &memory);
    let seen = &agreements.all()["mark"];
    assert!(seen.exact && !seen.holds() && seen.differing == 1, "{seen:?}");
    let first_word = seen.first.as_deref().unwrap();
    assert!(first_word.starts_with("word 1 of `to` is 1.0000001"), "{first_word}");
    assert_eq!(memory.to_vec().unwrap(), [7.0, 1.0]);
    // The first device was set right: what follows is not blamed for it.
    kernels_copy(&pair, &memory);
    assert!(agreements.all()["copy"].holds());
}

fn kernels_copy(pair: &gradus::device::Gpu, from: &Memory<f32>) {
    let to = Memory::<f32>::unwritten(pair, 2).unwrap();
    let arguments = Arguments::new().memory("from", from).memory("to", &to).count(2);
    let kernel = Kernel { source: &kernels::COPY, name: "copy" };
    pair.launch(&kernel, Shape::row(1, 32), &arguments).unwrap();
    assert_eq!(to.to_vec().unwrap(), [7.0, 1.0]);
}

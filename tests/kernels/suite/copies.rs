//! copy.cu and copy_strided.cu: bits arrive as they were.

use super::harness::*;
use gradus::device::{Arguments, Gpu, kernels};
use gradus::tensor::{Array, Layout};

fn filled(gpu: &Gpu, word: u32, count: usize) -> gradus::device::Memory<u32> {
    let to = room::<u32>(gpu, count);
    let arguments = Arguments::new().memory("to", &to).number(word).count(count);
    launch(gpu, &kernels::COPY, "fill", few(count), arguments);
    to
}

/// Copies `from` into the part `places` of `to`.
fn place(
    gpu: &Gpu,
    from: &Array<f32>,
    to: &gradus::device::Memory<u32>,
    places: &Layout,
) {
    let memory = on(gpu, from.storage());
    let arguments = Arguments::new()
        .memory("from", &memory)
        .layout(from.layout())
        .memory("to", to)
        .layout(places)
        .count(from.size());
    launch(gpu, &kernels::COPY_STRIDED, "copy_strided", few(from.size()), arguments);
}

fn floats(words: Vec<u32>) -> Vec<f32> {
    words.into_iter().map(f32::from_bits).collect()
}

pub fn copy_and_fill_keep_every_bit(gpu: &Gpu) {
        for count in SIZES {
            let words: Vec<u32> =
                (0..count as u32).map(|i| i.wrapping_mul(0x9e37_79b9)).collect();
            let from = on(gpu, &words);
            assert_eq!(bits(gpu, &from, count), words);
            let to = filled(gpu, 0x7fc1_2345, count);
            assert_eq!(to.to_vec().unwrap(), vec![0x7fc1_2345; count]);
        }
}

pub fn a_strided_copy_makes_views_contiguous(gpu: &Gpu) {
        for (name, view) in views(1) {
            let to = room::<u32>(gpu, view.size());
            place(gpu, &view, &to, &Layout::contiguous(view.shape()));
            same(name, &floats(bits(gpu, &to, view.size())), &view.to_vec());
        }
}

pub fn concat_and_pad_are_copies_into_slices(gpu: &Gpu) {
        for axis in 0..3 {
            let parts: Vec<Array<f32>> = [2, 1, 5]
                .iter()
                .zip(1..)
                .map(|(size, seed)| {
                    let mut shape = [3, 4, 6];
                    shape[axis] = *size;
                    // each lies transposed
                    let turned = [shape[2], shape[1], shape[0]];
                    array(&turned, seed).transpose(0, 2)
                })
                .collect();
            let want = Array::concat(&parts, axis);
            let whole = Layout::contiguous(want.shape());
            let to = room::<u32>(gpu, want.size());
            let mut start = 0;
            for part in &parts {
                let length = part.shape()[axis];
                place(gpu, part, &to, &whole.narrow(axis, start, length));
                start += length;
            }
            same("concat", &floats(bits(gpu, &to, want.size())), &want.to_vec());

            let want = parts[0].pad(axis, 2, 1, -0.5);
            let whole = Layout::contiguous(want.shape());
            let to = filled(gpu, (-0.5f32).to_bits(), want.size());
            place(gpu, &parts[0], &to, &whole.narrow(axis, 2, parts[0].shape()[axis]));
            same("pad", &floats(bits(gpu, &to, want.size())), &want.to_vec());
        }
}

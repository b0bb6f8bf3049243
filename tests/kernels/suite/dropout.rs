//! dropout.cu: the stream and the mask of the processor, to the bit.

use super::harness::*;
use gradus::autograd::TensorOf;
use gradus::device::{Arguments, Gpu, Memory, kernels};
use gradus::random::{Generator, generator, generator_at};
use gradus::tensor::Array;
use rand::Rng;

/// Key and number of a stream, as the kernel takes them.
fn stream(generator: &Generator) -> Vec<u8> {
    [&generator.get_seed()[..], &generator.get_stream().to_le_bytes()].concat()
}

/// The next word that a generator gives.
fn first(generator: &Generator) -> usize {
    generator.get_word_pos().try_into().unwrap()
}

/// Generators at the beginning, within a block, at an odd word, at its last word, and where the
/// counter of blocks needs more than 32 bits.
fn generators() -> Vec<Generator> {
    let mut all = vec![generator(0), generator(7), generator_at([1, 2, 3, u64::MAX])];
    for words in [1, 2, 14, 15, 16, 17, 31, (1 << 36) - 16, (1 << 40) + 3] {
        let mut generator = generator(5);
        generator.set_word_pos(words);
        all.push(generator);
    }
    let mut other = generator(5);
    other.set_stream(0x1234_5678_9abc_def0);
    other.next_u32();
    all.push(other);
    all
}

pub fn the_stream_is_the_processors(gpu: &Gpu) {
        for mut generator in generators() {
            for count in SIZES {
                let words = room::<u32>(gpu, count);
                let arguments = Arguments::new()
                    .bytes(stream(&generator))
                    .count(first(&generator))
                    .memory("words", &words)
                    .count(count);
                launch(
                    gpu,
                    &kernels::DROPOUT,
                    "chacha8_words",
                    few(count / 16),
                    arguments,
                );
                let want: Vec<u32> = (0..count).map(|_| generator.next_u32()).collect();
                assert_eq!(bits(gpu, &words, count), want);
            }
        }
}

fn drop(gpu: &Gpu, x: &Memory<f32>, generator: &Generator, p: f64) -> Vec<f32> {
    let y = room(gpu, x.len());
    let threshold = (p * 2f64.powi(53)).ceil() as usize;
    let arguments = Arguments::new()
        .memory("x", x)
        .memory("y", &y)
        .bytes(stream(generator))
        .count(first(generator))
        .count(threshold)
        .number((1.0 / (1.0 - p)) as f32)
        .count(x.len());
    launch(gpu, &kernels::DROPOUT, "dropout", few(x.len() / 8), arguments);
    back(gpu, &y)
}

pub fn the_mask_is_the_processors_forward_and_backward(gpu: &Gpu) {
        for mut generator in generators() {
            for (count, p) in
                SIZES.into_iter().zip([0.1, 0.5, 0.1, 0.999, 1.0, 1.0 / 3.0])
            {
                let (x, dy) = (array(&[count], 1), array(&[count], 2));
                let (from, up) = (on(gpu, x.storage()), on(gpu, dy.storage()));
                let got = drop(gpu, &from, &generator, p);
                let got_dx = drop(gpu, &up, &generator, p);
                let x = TensorOf::from(x).tracked();
                let y = x.dropout(p, &mut generator); // moves the generator on
                same("dropout", &got, &y.to_vec());
                let want = y.backward_from(dy).of(&x).unwrap().to_vec();
                same("dropout, backward", &got_dx, &want);
            }
        }
}

/// The threshold is exact: a number that is drawn is kept at its own probability, and dropped at
/// the next larger one.
pub fn the_threshold_is_exact(gpu: &Gpu) {
        let x = on(gpu, &[1f32]);
        for seed in 0..5 {
            let u = gradus::random::uniform(&mut generator(seed));
            for p in [u.next_down(), u, u.next_up()] {
                let one = TensorOf::from(Array::new(vec![1f32], &[1]));
                let want = one.dropout(p, &mut generator(seed)).to_vec();
                same("threshold", &drop(gpu, &x, &generator(seed), p), &want);
            }
        }
}

pub fn what_is_not_a_number_is_not_hidden(gpu: &Gpu) {
        let values = [f32::NAN, f32::INFINITY].repeat(20);
        let x = TensorOf::from(Array::new(values.clone(), &[40]));
        let want = x.dropout(0.5, &mut generator(3)).to_vec();
        same("special", &drop(gpu, &on(gpu, &values), &generator(3), 0.5), &want);
}

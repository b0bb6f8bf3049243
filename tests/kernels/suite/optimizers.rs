//! sgd.cu, adam.cu, gradient_norm.cu against the optimizers of the library.

use super::harness::*;
use gradus::device::{Arguments, Gpu, Memory, Shape, kernels};
use gradus::element::Real;
use gradus::neural_network::Parameter;
use gradus::tensor::Array;
use gradus::training::{
    Adam, AdamConfig, Group, Optimizer, Sgd, SgdConfig, clip_by_global_norm, global_norm,
};

const RATE: f64 = 0.05;
const STEPS: u64 = 4;

/// Weights after each step, and what the optimizer remembers.
fn library<T: Real, O: Optimizer<T>>(
    make: impl Fn(Vec<Group<T>>) -> O,
    weights: Array<T>,
    gradient: impl Fn(u64) -> Array<T>,
) -> Vec<Vec<Vec<T>>> {
    let parameter = Parameter::new(weights);
    let group = Group { parameters: vec![parameter.clone()], rate: 1.0, decay: true };
    let mut optimizer = make(vec![group]);
    let step = |step| {
        optimizer.step(&[Some(gradient(step))], RATE);
        let mut state = optimizer.state().remove(0);
        let state = state.arrays.drain(..).map(|(_, array)| array.to_vec());
        [parameter.value().to_vec()].into_iter().chain(state).collect()
    };
    (1..=STEPS).map(step).collect()
}

fn floats(numbers: &[f64]) -> Vec<u8> {
    numbers.iter().flat_map(|x| (*x as f32).to_le_bytes()).collect()
}

/// Runs the kernel for all steps. `memories[0]` holds the weights.
fn steps(
    gpu: &Gpu,
    kernel: &str,
    memories: &[Memory<f32>],
    count: usize,
    step: impl Fn(u64) -> Vec<u8>,
    want: &[Vec<Vec<f64>>],
) {
    let source = if kernel == "sgd" { &kernels::SGD } else { &kernels::ADAM };
    for t in 1..=STEPS {
        let gradient = on(gpu, &numbers(count, 10 + t));
        let all = ["weights", "first", "second"].iter().zip(memories);
        let arguments = all
            .fold(Arguments::new(), |all, (name, memory)| all.memory(name, memory))
            .memory("gradient", &gradient)
            .bytes(step(t))
            .count(count);
        launch(gpu, source, kernel, few(count), arguments);
        for (which, memory) in memories.iter().enumerate() {
            let want = &want[t as usize - 1][which];
            // weights and gradients are of size 1 to 10; a few roundings for each step
            let what = format!("{kernel}, step {t}, memory {which}");
            near(&what, &back(gpu, memory), want, &vec![0.0; count], |_| Bound {
                ulps: 2.0,
                floor: 2.0 * t as f64 * EPSILON,
            });
        }
    }
}

pub fn sgd_with_momentum_nesterov_and_decay(gpu: &Gpu) {
        for count in SIZES {
            for (momentum, nesterov, weight_decay) in
                [(0.0, false, 0.0), (0.9, false, 0.1), (0.9, true, 0.1)]
            {
                let config = SgdConfig { momentum, nesterov, weight_decay };
                let weights = numbers(count, 1);
                let want = library(
                    |groups| Sgd::new(groups, config),
                    wide(&Array::new(weights.clone(), &[count])),
                    |t| wide(&array(&[count], 10 + t)),
                );
                let memories = [on(gpu, &weights), on(gpu, &vec![0.0; count])];
                let mut step = floats(&[RATE, momentum, weight_decay]);
                step.extend(u32::from(nesterov).to_le_bytes());
                steps(gpu, "sgd", &memories, count, |_| step.clone(), &want);
            }
        }
}

pub fn adam_and_adamw(gpu: &Gpu) {
        for count in SIZES {
            for weight_decay in [0.0, 0.1] {
                let config = AdamConfig { weight_decay, ..AdamConfig::default() };
                let AdamConfig { beta1, beta2, epsilon, .. } = config;
                let weights = numbers(count, 1);
                let want = library(
                    |groups| Adam::new(groups, config),
                    wide(&Array::new(weights.clone(), &[count])),
                    |t| wide(&array(&[count], 10 + t)),
                );
                let zeros = vec![0.0; count];
                let memories = [on(gpu, &weights), on(gpu, &zeros), on(gpu, &zeros)];
                let step = |t: u64| {
                    let hat = |beta: f64| 1.0 / (1.0 - beta.powi(t as i32));
                    let (fresh, keep) =
                        ([1.0 - beta1, 1.0 - beta2], 1.0 - RATE * weight_decay);
                    floats(&[
                        beta1,
                        beta2,
                        fresh[0],
                        fresh[1],
                        hat(beta1),
                        hat(beta2),
                        RATE,
                        keep,
                        epsilon,
                    ])
                };
                steps(gpu, "adam", &memories, count, step, &want);
            }
        }
}

/// The norm of several gradients, the scale, and the gradients scaled by it.
fn clip(gpu: &Gpu, gradients: &[Array<f32>], limit: f64) -> (f64, Vec<Vec<f32>>) {
    let memories: Vec<Memory<f32>> =
        gradients.iter().map(|gradient| on(gpu, gradient.storage())).collect();
    let all: usize = gradients.iter().map(|g| g.size().div_ceil(4096)).sum();
    let parts = room::<f64>(gpu, all);
    let source = &kernels::GRADIENT_NORM;
    let mut first = 0;
    for memory in &memories {
        let arguments = Arguments::new()
            .memory("gradient", memory)
            .memory("parts", &parts)
            .count(first)
            .count(memory.len());
        launch(gpu, source, "gradient_squares", Shape::row(2, 256), arguments);
        first += memory.len().div_ceil(4096);
    }
    let (norm, scale) = (room::<f64>(gpu, 1), room::<f32>(gpu, 1));
    let arguments = Arguments::new()
        .memory("parts", &parts)
        .count(all)
        .number(limit)
        .memory("norm", &norm)
        .memory("scale", &scale);
    launch(gpu, source, "gradient_norm", Shape::row(1, 256), arguments);
    let clipped = |memory: &Memory<f32>| {
        let count = memory.len();
        let arguments = Arguments::new()
            .memory("gradient", memory)
            .memory("scale", &scale)
            .count(count);
        launch(gpu, source, "gradient_clip", few(count), arguments);
        back(gpu, memory)
    };
    let clipped = memories.iter().map(clipped).collect();
    let words = bits(gpu, &norm, 2);
    (f64::from_bits(u64::from(words[1]) << 32 | u64::from(words[0])), clipped)
}

pub fn gradients_are_clipped_by_their_norm(gpu: &Gpu) {
    let many = |sizes: &[usize]| -> Vec<Array<f32>> {
        sizes.iter().zip(1..).map(|(size, seed)| array(&[*size], seed)).collect()
    };
    let mut huge = many(&[100, 3]);
    huge[0] = huge[0].map(|g| g * 1e30); // its squares are beyond f32
    let sets = [many(&[1]), many(&[31, 4097, 0, 12_288, 257]), many(&[0]), huge];
        for gradients in &sets {
            for limit in [0.5, 1e38] {
                let (norm, clipped) = clip(gpu, gradients, limit);
                let mut want: Vec<Option<Array<f32>>> =
                    gradients.iter().cloned().map(Some).collect();
                let want_norm = clip_by_global_norm(&mut want, limit);
                assert!(
                    (norm - want_norm).abs() <= 1e-14 * want_norm,
                    "{norm} {want_norm}"
                );
                for (got, want) in clipped.iter().zip(want) {
                    let want = want.unwrap().to_vec();
                    // the scale is one and the same f32 here and there
                    let wide: Vec<f64> = want.iter().map(|g| f64::from(*g)).collect();
                    near("clipped", got, &wide, &want, |_| Bound {
                        ulps: 1.0,
                        floor: 0.0,
                    });
                }
            }
        }
        for bad in [f32::NAN, f32::INFINITY] {
            let gradients = [Array::new(vec![1.0, bad, 2.0], &[3])];
            let (norm, clipped) = clip(gpu, &gradients, 0.1);
            let want = global_norm(&gradients.clone().map(Some));
            assert!(norm == want || norm.is_nan() && want.is_nan());
            same("left as they are", &clipped[0], &gradients[0].to_vec());
        }
}

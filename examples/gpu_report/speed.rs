//! How long things take: the median of rounds, each of many launches, and the whole range.

use crate::cublas::Cublas;
use crate::torch;
use gradus::autograd::Tensor;
use gradus::device::{Gpu, Shape, Source, kernels as ptx};
use gradus::neural_network::init::normal_array;
use gradus::neural_network::{Activation, Context, Mlp, move_to, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;
use gradus::tensor::on_device::Launch;
use gradus::training::{Adam, AdamConfig, Group, Optimizer, gradients_of};
use serde::Serialize;
use std::time::Instant;

/// Something that was timed.
#[derive(Clone, Serialize)]
pub struct Row {
    pub what: String,
    /// Whose it is: `gradus`, `cuBLAS`, `PyTorch 2.5.1`.
    pub whose: String,
    pub milliseconds: f64,
    pub range: [f64; 2],
    /// What it makes of the time, and in which unit.
    pub rate: Option<(f64, &'static str)>,
}

/// How much of everything.
struct Scale {
    rounds: usize,
    /// Seconds that a round takes at least.
    round: f64,
    elements: usize,
    squares: &'static [usize],
}

const WHOLE: Scale = Scale {
    rounds: 15,
    round: 0.03,
    elements: 1 << 26,
    squares: &[512, 1023, 1024, 2048, 4096],
};
const REHEARSAL: Scale =
    Scale { rounds: 1, round: 0.0, elements: 1 << 12, squares: &[33] };

pub fn rows(
    gpu: &Gpu,
    rehearse: bool,
    python: &str,
    notes: &mut Vec<String>,
) -> Vec<Row> {
    let scale = if rehearse { REHEARSAL } else { WHOLE };
    let mut rows = memory(gpu, &scale);
    rows.extend(products(gpu, &scale, rehearse, python, notes));
    rows.push(step(gpu, &scale));
    if rehearse {
        notes.push("a rehearsal: the times are an emulator's, and mean nothing".into());
    } else {
        match torch::rows(python) {
            Ok(theirs) => rows.extend(theirs),
            Err(why) => notes.push(format!("PyTorch is not measured: {why}")),
        }
    }
    rows
}

/// Times `work`, which starts something on the device and does not wait for it.
fn timed(
    gpu: &Gpu,
    scale: &Scale,
    what: String,
    whose: &str,
    rate: impl Fn(f64) -> Option<(f64, &'static str)>,
    mut work: impl FnMut(),
) -> Row {
    let wait = || gpu.synchronize().expect("what was started comes to an end");
    let mut seconds = |count: usize| {
        wait();
        let start = Instant::now();
        (0..count).for_each(|_| work());
        wait();
        start.elapsed().as_secs_f64() / count as f64
    };
    seconds(1); // loads the kernel
    let once = seconds(3);
    let count = ((scale.round / once) as usize).clamp(1, 1000);
    let mut times: Vec<f64> = (0..scale.rounds).map(|_| seconds(count)).collect();
    times.sort_by(f64::total_cmp);
    let (median, last) = (times[times.len() / 2], times[times.len() - 1]);
    Row {
        what,
        whose: whose.to_string(),
        milliseconds: 1e3 * median,
        range: [1e3 * times[0], 1e3 * last],
        rate: rate(median),
    }
}

/// Kernels that do little arithmetic for each number that they move.
fn memory(gpu: &Gpu, scale: &Scale) -> Vec<Row> {
    let n = scale.elements;
    let columns = 1024.min(n);
    let x = Array::<f32>::filled_on(gpu, 0.5, &[n / columns, columns]);
    let other = Array::<f32>::filled_on(gpu, 0.25, &[n / columns, columns]);
    let y = Array::<f32>::filled_on(gpu, 0.0, &[n / columns, columns]);
    let gigabytes = |moved: usize| {
        move |seconds: f64| Some(((moved * n * 4) as f64 / seconds / 1e9, "GB/s"))
    };
    let one = |what: &str, moved: usize, work: &mut dyn FnMut()| {
        let what = format!("{what}, {n} elements");
        timed(gpu, scale, what, "gradus", gigabytes(moved), work)
    };
    let launch = |source: &'static Source, name: &str| Launch::new(gpu, source, name);
    vec![
        one("copy", 2, &mut || {
            let launch = launch(&ptx::COPY, "copy").array("from", &x).array("to", &y);
            launch.count(n).each(n);
        }),
        one("fill", 1, &mut || {
            let launch = launch(&ptx::COPY, "fill").array("to", &y);
            launch.number(1f32).count(n).each(n);
        }),
        one("add", 3, &mut || {
            let launch = launch(&ptx::ELEMENTWISE_PAIRS, "add_value").array("a", &x);
            launch.array("b", &other).array("y", &y).count(n).each(n);
        }),
        one("gelu", 2, &mut || {
            let launch = launch(&ptx::ELEMENTWISE, "gelu_value").array("x", &x);
            launch.array("y", &y).count(n).each(n);
        }),
        one("sum of everything", 1, &mut || drop(x.sum_to(&[]))),
        one("softmax of rows of 1024", 2, &mut || {
            let launch = launch(&ptx::SOFTMAX, "softmax_value").array("x", &x);
            let launch = launch.array("y", &y).count(n / columns).count(columns);
            launch.rows(n / columns, columns);
        }),
    ]
}

/// Square products: every version of the kernel, and cuBLAS.
fn products(
    gpu: &Gpu,
    scale: &Scale,
    rehearse: bool,
    python: &str,
    notes: &mut Vec<String>,
) -> Vec<Row> {
    let versions: [(&str, &'static Source, usize, [u32; 3]); 3] = [
        ("matmul_v1_naive", &ptx::MATMUL_V1_NAIVE, 16, [16, 16, 1]),
        ("matmul_v2_tiled", &ptx::MATMUL_V2_TILED, 16, [16, 16, 1]),
        ("matmul_v3_register_tile", &ptx::MATMUL_V3_REGISTER_TILE, 64, [256, 1, 1]),
    ];
    let cublas = match rehearse {
        true => Err("there is no GPU".to_string()),
        false => Cublas::new(gpu, python),
    };
    if let Err(why) = &cublas {
        notes.push(format!("cuBLAS is not measured: {why}"));
    }
    let mut rows = Vec::new();
    for n in scale.squares.iter().copied() {
        let mut random = generator(1);
        let mut matrix = || {
            let matrix = normal_array::<f32>(&[n, n], 1.0, &mut random);
            matrix.beside(&crate::device(gpu))
        };
        let (a, b) = (matrix(), matrix());
        let c = Array::<f32>::unwritten(gpu, &[n, n]);
        let teraflops =
            |seconds: f64| Some((2.0 * (n as f64).powi(3) / seconds / 1e12, "TFLOP/s"));
        let steps: Vec<u8> =
            [n, 1, 0].iter().flat_map(|step| (*step as u64).to_le_bytes()).collect();
        for (name, source, tile, block) in versions {
            let tiles = n.div_ceil(tile) as u32;
            let shape = Shape { grid: [tiles, tiles, 1], block, shared: 0 };
            let what = format!("{name}, {n} × {n}");
            rows.push(timed(gpu, scale, what, "gradus", teraflops, || {
                let launch = Launch::new(gpu, source, name).array("a", &a);
                let launch = launch.bytes(steps.clone()).array("b", &b);
                let launch = launch.bytes(steps.clone()).array("c", &c);
                launch.count(n).count(n).count(n).start(shape);
            }));
        }
        if let Ok(cublas) = &cublas {
            let what = format!("sgemm, {n} × {n}");
            let work = || cublas.product(n, &a, &b, &c);
            rows.push(timed(gpu, scale, what, "cuBLAS", teraflops, work));
        }
    }
    rows
}

/// A step of the reference workload `mlp`: 784-256-128-10, ReLU, batch 64, AdamW.
fn step(gpu: &Gpu, scale: &Scale) -> Row {
    let (mut random, device) = (generator(1), crate::device(gpu));
    let model = Mlp::<f32>::new(&[784, 256, 128, 10], Activation::Relu, &mut random);
    move_to(&model, &device).expect("the model is small");
    let config = AdamConfig { weight_decay: 0.01, ..AdamConfig::default() };
    let mut optimizer = Adam::new(Group::by_rank(parameters(&model)), config);
    let x: Tensor =
        normal_array::<f32>(&[64, 784], 1.0, &mut random).beside(&device).into();
    let targets = Array::from_fn(&[64], |row| (row % 10) as u32).beside(&device);
    let mut context = Context::training(1);
    let what = "mlp, a training step".to_string();
    timed(
        gpu,
        scale,
        what,
        "gradus",
        |_| None,
        || {
            let logits = model.forward(&x, &mut context);
            let loss = logits.cross_entropy(&targets, CrossEntropyOptions::default());
            let gradients = gradients_of(optimizer.groups(), &loss.backward());
            optimizer.step(&gradients, 1e-3);
        },
    )
}

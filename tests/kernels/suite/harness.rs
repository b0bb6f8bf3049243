//! Devices, arguments, inputs, and what "equal" means.

use gradus::device::{Arguments, Gpu, Kernel, Shape, Source};
use gradus::device::{Memory, kernels};
use gradus::element::Element;
use gradus::random::{generator, normal};
use gradus::tensor::{Array, Layout};

/// The last bit of a number near 1.
pub const EPSILON: f64 = f32::EPSILON as f64;
/// Sizes at which a loop over warps and blocks goes wrong first.
pub const SIZES: [usize; 6] = [0, 1, 31, 33, 257, 1000];
/// What every function must take.
pub const SPECIAL: [f32; 20] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    f32::NAN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    1e-40,
    -1e-40,
    f32::MIN_POSITIVE,
    1e-20,
    -1e-20,
    20.0,
    -20.0,
    100.0,
    -100.0,
    1e30,
    f32::MAX,
    f32::MIN,
];

/// Starts a kernel; a mistake that the emulator finds in it fails the test.
#[track_caller]
pub fn launch(
    gpu: &Gpu,
    source: &'static Source,
    name: &str,
    shape: Shape,
    arguments: Arguments,
) {
    if let Err(error) = gpu.launch(&Kernel { source, name }, shape, &arguments) {
        panic!("{error}");
    }
}

/// Three small blocks for so many elements, or fewer: the loops over the grid go round.
pub fn few(count: usize) -> Shape {
    Shape::row(count.div_ceil(64).clamp(1, 3) as u32, 64)
}

/// Arguments that kernels have beside memory and numbers.
pub trait Given: Sized {
    /// Where elements lie.
    fn layout(self, layout: &Layout) -> Self;
}

impl Given for Arguments {
    fn layout(self, layout: &Layout) -> Arguments {
        let front = 6 - layout.rank();
        let six = |sizes: &[usize], filler| {
            std::iter::repeat_n(filler, front).chain(sizes.iter().copied()).collect()
        };
        let [shape, strides]: [Vec<usize>; 2] =
            [six(layout.shape(), 1), six(layout.strides(), 0)];
        let all = shape.into_iter().chain(strides).chain([layout.offset()]);
        self.bytes(all.flat_map(|number| (number as u64).to_le_bytes()).collect())
    }
}

/// Numbers on the device.
pub fn on<T: Element>(gpu: &Gpu, numbers: &[T]) -> Memory<T> {
    Memory::from_slice(gpu, numbers).unwrap()
}

/// Room on the device in which nothing is written: a kernel that leaves a gap is found out.
pub fn room<T: Element>(gpu: &Gpu, length: usize) -> Memory<T> {
    Memory::unwritten(gpu, length).unwrap()
}

/// What lies on the device. What was never written fails.
#[track_caller]
pub fn back(gpu: &Gpu, memory: &Memory<f32>) -> Vec<f32> {
    bits(gpu, memory, memory.len()).into_iter().map(f32::from_bits).collect()
}

/// The same as it lies there, by a copy: the emulator reports a read of what was never written.
#[track_caller]
pub fn bits<T: Element>(gpu: &Gpu, memory: &Memory<T>, words: usize) -> Vec<u32> {
    let copy = room::<u32>(gpu, words);
    let arguments =
        Arguments::new().memory("result", memory).memory("copy", &copy).count(words);
    launch(gpu, &kernels::COPY, "copy", few(words), arguments);
    copy.to_vec().unwrap()
}

/// Numbers around 0, with no two alike.
pub fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut generator = generator(seed);
    (0..count).map(|_| 2.0 * normal(&mut generator) as f32).collect()
}

/// The same as an array.
pub fn array(shape: &[usize], seed: u64) -> Array<f32> {
    Array::new(numbers(shape.iter().product(), seed), shape)
}

/// One shape in memory in different ways.
pub fn views(seed: u64) -> Vec<(&'static str, Array<f32>)> {
    let shape = [3, 5, 7];
    vec![
        ("contiguous", array(&shape, seed)),
        ("transposed", array(&[7, 5, 3], seed).transpose(0, 2)),
        ("sliced", array(&[4, 9, 8], seed).slice(0, 1..4).slice(1, 2..7).slice(2, 1..8)),
        ("broadcast inside", array(&[3, 1, 7], seed).broadcast_to(&shape)),
        ("broadcast on the left", array(&[7], seed).broadcast_to(&shape)),
        ("one number", array(&[], seed).broadcast_to(&shape)),
        ("rank 6", array(&[7, 2, 1, 3, 1, 4], seed).permute(&[3, 0, 2, 5, 4, 1])),
        ("empty", array(&[3, 0, 7], seed).transpose(0, 2)),
    ]
}

/// The same numbers in f64.
pub fn wide(array: &Array<f32>) -> Array<f64> {
    array.map(f64::from)
}

/// How far a result may lie from the truth: `ulps` units in its last place, and `floor` beside
/// that, which is for results that are a small difference of large numbers.
#[derive(Clone, Copy)]
pub struct Bound {
    pub ulps: f64,
    pub floor: f64,
}

/// Every result is `want` within `bound(i)`. Where the library's f32 gives NaN or an infinity
/// (`class`), the result must be that.
#[track_caller]
pub fn near(
    what: &str,
    got: &[f32],
    want: &[f64],
    class: &[f32],
    bound: impl Fn(usize) -> Bound,
) {
    assert_eq!((got.len(), want.len()), (want.len(), class.len()), "{what}: lengths");
    for (i, ((got, want), class)) in got.iter().zip(want).zip(class).enumerate() {
        if !class.is_finite() {
            let same = got == class || got.is_nan() && class.is_nan();
            assert!(same, "{what}: element {i} is {got}, and should be {class}");
            continue;
        }
        let Bound { ulps, floor } = bound(i);
        let ulp = want.abs().max(f64::from(f32::MIN_POSITIVE)) * EPSILON;
        let error = (f64::from(*got) - want).abs();
        assert!(
            error <= ulps * ulp + floor,
            "{what}: element {i} is {got}, and should be {want}: off by {error:e}, which is \
             {:.2} units in the last place; allowed are {ulps} and {floor:e}",
            error / ulp
        );
    }
}

/// Every result is the same, to the bit but for the bits of NaN.
#[track_caller]
pub fn same(what: &str, got: &[f32], want: &[f32]) {
    assert_eq!(got.len(), want.len(), "{what}: lengths");
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        let same = got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan();
        assert!(same, "{what}: element {i} is {got:e}, and should be {want:e}");
    }
}

//! What makes loops fast must not be seen in their results: threads, memory that is used
//! again. And it must do what it is for: a steady step asks the system for nothing large.

use gradus::autograd::{Tensor, TensorOf};
use gradus::element::Real;
use gradus::neural_network::init::normal_array;
use gradus::neural_network::{Activation, Context, Mlp, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;
use gradus::training::{
    Adam, AdamConfig, Group, Optimizer, Sgd, SgdConfig, clip_by_global_norm, gradients_of,
};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The system's allocator, and a count of the large blocks it was asked for. Blocks that
/// must lie at a multiple of 16 bytes or more are not counted: `matrixmultiply` copies the
/// pieces of a product into such blocks of its own, which no pool of ours can serve.
struct Counting;

static LARGE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() >= 1 << 14 && layout.align() < 16 {
            LARGE.fetch_add(1, Ordering::Relaxed);
        }
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// One test at a time: they count blocks, and spoil the memory that others will get.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner) // another test may have failed
}

fn numbers<T: Real>(shape: &[usize], seed: u64) -> Array<T> {
    normal_array(shape, 1.0, &mut generator(seed))
}

/// Everything that is computed in parts, on odd sizes and strided views.
fn computed<T: Real>() -> Vec<(&'static str, Array<T>)> {
    let (a, b) = (numbers::<T>(&[257, 131], 1), numbers(&[131, 515], 2));
    let (tall, wide) = (numbers::<T>(&[1025, 33], 3), numbers::<T>(&[33, 160], 4));
    let (batch, row) = (numbers::<T>(&[5, 37, 800], 5), numbers(&[800], 6));
    let turned = batch.transpose(1, 2); // [5, 800, 37]
    let mut updated = batch.clone();
    updated.update(&row, "update", |x, r| x * r);
    vec![
        ("a wide product", a.matmul(&b)),
        ("a tall product", tall.matmul(&wide)),
        ("a batch of products", batch.matmul(&turned)),
        ("a product of views", b.transpose(0, 1).matmul(&a.transpose(0, 1))),
        ("map", batch.map(|x| x.exp())),
        ("map of a view", turned.map(|x| x.tanh())),
        ("zip", batch.zip(&row, "zip", |x, r| x - r)),
        ("zip of views", turned.zip(&turned.slice(2, 3..4), "zip", |x, r| x - r)),
        ("zip3", batch.zip3(&row, &batch, "zip3", |x, r, y| x * r + y)),
        ("update", updated),
        ("contiguous", turned.contiguous()),
        ("a repeated row", row.broadcast_to(&[200, 800]).contiguous()),
    ]
}

/// The same results to the last bit on one thread, on three and on seven.
fn same_on_any_number_of_threads<T: Real>() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(computed::<T>)
    };
    let alone = on(1);
    for threads in [3, 7] {
        for ((name, one), (_, many)) in alone.iter().zip(on(threads)) {
            assert!(one == &many, "{name} on {threads} threads, in {}", T::NAME);
        }
    }
}

#[test]
fn no_result_depends_on_the_number_of_threads() {
    let _alone = alone();
    same_on_any_number_of_threads::<f32>();
    same_on_any_number_of_threads::<f64>();
}

/// Both optimizers on a matrix that is cut into parts, against the equation on plain numbers.
#[test]
fn an_update_in_parts_is_the_update_of_every_weight() {
    let _alone = alone();
    let (shape, rate) = ([411, 331], 0.1);
    let (before, gradient) = (numbers::<f64>(&shape, 1), numbers::<f64>(&[331, 411], 2));
    let gradient = gradient.transpose(0, 1); // as a gradient may lie
    let stepped = |optimizer: fn(Vec<Group<f64>>) -> Box<dyn Optimizer<f64>>| {
        let parameter = gradus::neural_network::Parameter::new(before.clone());
        let mut optimizer = optimizer(Group::by_rank(vec![parameter.clone()]));
        optimizer.step(&[Some(gradient.clone())], rate);
        parameter.value()
    };
    let sgd = stepped(|groups| Box::new(Sgd::new(groups, SgdConfig::default())));
    assert!(sgd == before.zip(&gradient, "expected", |w, g| w - 0.1 * g));
    // Adam's first step is the rate, in the direction of the sign.
    let adam = stepped(|groups| Box::new(Adam::new(groups, AdamConfig::default())));
    let expected =
        before.zip(&gradient, "expected", |w, g| w - 0.1 * g / (g.abs() + 1e-8));
    let off = adam.zip(&expected, "off", |a, b| (a - b).abs()).max(&[0, 1]).item();
    assert!(off < 1e-12, "{off}");
}

/// Otherwise every update would have to turn it round first.
#[test]
fn the_gradient_of_a_weight_lies_in_memory_as_the_weight_does() {
    let _alone = alone();
    let weight: TensorOf<f64> = TensorOf::from(numbers(&[5, 3], 1)).tracked();
    for shape in [&[4, 3][..], &[2, 4, 3]] {
        let x: TensorOf<f64> = numbers(shape, 2).into();
        let gradients = x.matmul(&weight.transpose(0, 1)).sum_all().backward();
        assert!(gradients.of(&weight).unwrap().layout().is_contiguous(), "{shape:?}");
    }
}

/// Fills the memory that waits to be used again with NaN.
fn spoil<T: Real>() {
    let nan = T::of(f64::NAN);
    let sizes = [257 * 515, 1025 * 47, 5 * 37 * 300, 5 * 37 * 37, 515 * 257, 200 * 300];
    let blocks = sizes.map(|size| {
        [0; 4].map(|_| Array::full(nan, &[size]).contiguous()) // four of each at once
    });
    assert!(blocks.iter().flatten().all(|block| block.as_slice().unwrap()[0].is_nan()));
}

#[test]
fn what_was_in_memory_before_does_not_show() {
    let _alone = alone();
    let clean = computed::<f32>();
    for (place, (name, clean)) in clean.iter().enumerate() {
        spoil::<f32>();
        assert!(&computed::<f32>()[place].1 == clean, "{name}");
    }
    let table = numbers::<f32>(&[200, 300], 7);
    let moves = || {
        let rows = Array::from_fn(&[150], |i| (i * 7 % 200) as u32);
        let chosen = table.index_select(&rows);
        vec![
            Array::concat(&[table.slice(1, 0..100), table.slice(1, 100..300)], 1),
            table.slice(0, 0..190).pad(0, 4, 6, 0.0),
            chosen.index_add(&rows, &[200, 300]),
            chosen,
            table.sum(&[0]),
            Array::zeros(&[200, 300]),
        ]
    };
    let clean = moves();
    spoil::<f32>();
    assert!(moves() == clean);
}

#[test]
fn a_steady_step_asks_the_system_for_nothing_large() {
    let _alone = alone();
    let model: Mlp<f32> =
        Mlp::new(&[784, 256, 128, 10], Activation::Gelu, &mut generator(1));
    let x: Tensor = numbers::<f32>(&[64, 784], 1).into();
    let targets = Array::from_fn(&[64], |row| (row % 10) as u32);
    let mut adam = Adam::new(Group::by_rank(parameters(&model)), AdamConfig::default());
    let mut context = Context::training(1);
    let mut step = || {
        let logits = model.forward(&x, &mut context);
        let loss = logits.cross_entropy(&targets, CrossEntropyOptions::default());
        let mut gradients = gradients_of(adam.groups(), &loss.backward());
        clip_by_global_norm(&mut gradients, 0.1);
        adam.step(&gradients, 1e-3);
    };
    let count = |step: &mut dyn FnMut()| {
        let before = LARGE.load(Ordering::Relaxed);
        step();
        LARGE.load(Ordering::Relaxed) - before
    };
    assert!(count(&mut step) > 10, "the first step needs memory, and the count sees it");
    (0..3).for_each(|_| step());
    let steady: Vec<usize> = (0..5).map(|_| count(&mut step)).collect();
    assert_eq!(steady, [0; 5]);
}

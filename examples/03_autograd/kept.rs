//! How much memory a graph holds: what each operation keeps for its backward, counted by an
//! allocator.

use gradus::autograd::Tensor;
use gradus::report::Run;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static USED: AtomicUsize = AtomicUsize::new(0);

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        USED.fetch_add(layout.size(), Relaxed);
        // SAFETY: the caller's promises about `layout` are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Relaxed);
        // SAFETY: `pointer` came from `alloc` above with this `layout`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Elements of each array: few enough that the library takes them from the allocator anew,
/// and many beside a node's own size.
const SIZE: usize = 4000;
/// How often an operation is applied to its own output.
const TIMES: usize = 20;

type Operation = (&'static str, &'static str, fn(&Tensor) -> Tensor);

const OPERATIONS: [Operation; 7] = [
    ("x + 0.1", "shapes", |x| x.add_scalar(0.1)),
    ("−x", "nothing", |x| x.neg()),
    ("0.9 x", "the factor", |x| x.scale(0.9)),
    ("tanh x", "the output", |x| x.tanh()),
    ("relu x", "the output", |x| x.relu()),
    ("ln(x)", "the input", |x| x.ln()),
    ("x · x", "the input, for both", |x| x.mul(x)),
];

pub fn count(run: &mut Run) {
    let mut rows = Vec::new();
    for (name, keeps, operation) in OPERATIONS {
        let arrays = |tracked: bool| {
            let values = (0..SIZE).map(|i| 2.0 + i as f32 / SIZE as f32).collect();
            let x = Tensor::new(values, &[SIZE]);
            let x = if tracked { x.tracked() } else { x };
            let before = USED.load(Relaxed);
            let y = (0..TIMES).fold(x.clone(), |y, _| operation(&y));
            let held = USED.load(Relaxed) - before;
            drop(y);
            held as f64 / (SIZE * size_of::<f32>()) as f64
        };
        arrays(true); // What is made once, at the first call.
        let (with, without) = (arrays(true), arrays(false));
        run.number(&format!("kept.{name}"), with, 0);
        rows.push(vec![
            name.to_string(),
            keeps.to_string(),
            format!("{with:.0}"),
            format!("{without:.0}"),
        ]);
    }
    run.table(
        "kept",
        &format!(
            "Arrays in memory after {TIMES} operations in a row: the last output is counted, \
             the first input is not"
        ),
        &["operation", "backward reads", "with a graph", "without"],
        &rows,
    );
}

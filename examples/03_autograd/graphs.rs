//! The graph that the page works by hand, drawn by the library with the numbers that the
//! library computes.

use gradus::autograd::{Graph, TensorOf};
use gradus::report::Run;

pub fn draw(run: &mut Run) {
    let leaf = |value: f64| TensorOf::new(vec![value], &[]).tracked();
    let (a, b) = (leaf(2.0), leaf(3.0));
    let (u, v) = (a.mul(&b), a.add(&b));
    let loss = u.mul(&v);
    let names = [("a", &a), ("b", &b), ("u", &u), ("v", &v), ("L", &loss)];
    let graph = Graph::of(loss.clone(), &names);
    println!("\n{}", graph.text());
    run.drawing("diamond", &graph.drawing("L = u v, with u = a b and v = a + b"));

    let (w, x, y) = (leaf(0.5), leaf(2.0), leaf(0.4));
    let z = w.mul(&x);
    let p = z.tanh();
    let error = p.sub(&y);
    let loss = error.mul(&error);
    let names = [
        ("w", &w),
        ("x", &x),
        ("y", &y),
        ("z", &z),
        ("p", &p),
        ("e", &error),
        ("L", &loss),
    ];
    let graph = Graph::of(loss.clone(), &names);
    run.drawing("neuron", &graph.drawing("L = (tanh(w x) − y)²"));
}

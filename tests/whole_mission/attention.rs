//! Multi-head attention (Vaswani et al. 2017), with a past that later positions see.

use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::module;
use gradus::neural_network::{Context, Linear};
use gradus::random::{Generator, generator};
use gradus::tensor::Array;

/// Keys and values of earlier positions, `[B, H, P, D/H]` each: a cache, or a prefix.
pub type KeyValue<T> = (TensorOf<T>, TensorOf<T>);

pub struct Attention<T: Real> {
    pub query: Linear<T>,
    pub key: Linear<T>,
    pub value: Linear<T>,
    pub output: Linear<T>,
    pub heads: usize,
}

module!(Attention { query, key, value, output; heads });

impl<T: Real> Attention<T> {
    /// `last` is the deviation of the output's weights.
    pub fn new(
        width: usize,
        heads: usize,
        deviation: f64,
        last: f64,
        random: &mut Generator,
    ) -> Attention<T> {
        let mut linear = |deviation| Linear::new(width, width, deviation, random);
        Attention {
            query: linear(deviation),
            key: linear(deviation),
            value: linear(deviation),
            output: linear(last),
            heads,
        }
    }

    /// `[B, T, D] → [B, T, D]`, and the keys and values of all positions so far. `hidden` is
    /// 1 where a query must not see a key, and is broadcast to `[B, H, T, P + T]`.
    #[track_caller]
    pub fn forward(
        &self,
        x: &TensorOf<T>,
        hidden: &Array<u32>,
        past: Option<&KeyValue<T>>,
        context: &mut Context,
    ) -> (TensorOf<T>, KeyValue<T>) {
        let query = self.split(&self.query.forward(x, context));
        let mut key = self.split(&self.key.forward(x, context));
        let mut value = self.split(&self.value.forward(x, context));
        if let Some((past_key, past_value)) = past {
            key = TensorOf::concat(&[past_key, &key], 2); // [B, H, P + T, D/H]
            value = TensorOf::concat(&[past_value, &value], 2);
        }
        let scale = T::of(1.0 / (query.shape()[3] as f64).sqrt());
        let scores = query.matmul(&key.transpose(2, 3)) * scale; // [B, H, T, P + T]
        let shares = scores.masked_fill(hidden, -T::INFINITY).softmax();
        let mixed = shares.matmul(&value).transpose(1, 2).reshape(x.shape());
        (self.output.forward(&mixed, context), (key, value))
    }

    /// `[B, T, D] → [B, H, T, D/H]`
    fn split(&self, x: &TensorOf<T>) -> TensorOf<T> {
        let [batch, length, width] = *x.shape() else { panic!("[B, T, D] is needed") };
        x.reshape(&[batch, length, self.heads, width / self.heads]).transpose(1, 2)
    }
}

/// `[T, P + T]`: 1 where the key comes after the query. All `past` keys come before.
pub fn future(length: usize, past: usize) -> Array<u32> {
    let query = Array::from_fn(&[length, 1], |i| (past + i) as u32);
    query.less(&Array::from_fn(&[past + length], |j| j as u32))
}

/// `[B, 1, 1, P + T]`: 1 where the key is padding, from a mask `[B, P + T]` that is 1 where it
/// is real.
pub fn padding(attention_mask: &Array<u32>) -> Array<u32> {
    let [batch, keys] = *attention_mask.shape() else { panic!("[B, T] is needed") };
    attention_mask.equal(&Array::scalar(0)).reshape(&[batch, 1, 1, keys])
}

/// 1 where either says so.
pub fn either(a: &Array<u32>, b: &Array<u32>) -> Array<u32> {
    a.zip(b, "either", |a, b| a | b)
}

fn attention() -> Attention<f64> {
    Attention::new(6, 2, 0.5, 0.5, &mut generator(1))
}

fn input(shape: &[usize]) -> TensorOf<f64> {
    Array::from_fn(shape, |i| (i as f64 * 1.3).sin()).into()
}

/// Each head by plain loops over numbers, from the equation.
#[test]
fn attention_is_what_loops_over_heads_queries_and_keys_compute() {
    let (attention, x) = (attention(), input(&[2, 3, 6]));
    let context = &mut Context::evaluation();
    let (y, _) = attention.forward(&x, &future(3, 0), None, context);
    let mut project = |linear: &Linear<f64>| linear.forward(&x, context).value().clone();
    let [query, key, value] =
        [&attention.query, &attention.key, &attention.value].map(&mut project);
    let mut mixed = vec![0.0; 2 * 3 * 6];
    for (batch, head, t) in (0..12).map(|i| (i / 6, i / 3 % 2, i % 3)) {
        let columns = head * 3..head * 3 + 3;
        let score = |s: usize| -> f64 {
            let product = |c| query.at(&[batch, t, c]) * key.at(&[batch, s, c]);
            columns.clone().map(product).sum::<f64>() / 3f64.sqrt()
        };
        let total: f64 = (0..=t).map(|s| score(s).exp()).sum();
        for c in columns.clone() {
            let share = |s| score(s).exp() / total * value.at(&[batch, s, c]);
            mixed[(batch * 3 + t) * 6 + c] = (0..=t).map(share).sum();
        }
    }
    let mixed = TensorOf::new(mixed, &[2, 3, 6]);
    let expected = attention.output.forward(&mixed, &mut Context::evaluation());
    assert!(super::support::distance(y.value(), expected.value()) < 1e-12);
}

#[test]
fn a_query_that_sees_nothing_gets_zeros_and_no_nan_goes_back() {
    let (attention, x) = (attention(), input(&[1, 2, 6]).tracked());
    let hidden = Array::new(vec![1, 1, 1, 0], &[2, 2]);
    let (y, _) = attention.forward(&x, &hidden, None, &mut Context::evaluation());
    let bias = attention.output.bias.as_ref().unwrap().value().to_vec();
    assert_eq!(y.value().slice(1, 0..1).to_vec(), bias);
    let gradients = y.sum_all().backward();
    assert!(gradients.of(&x).unwrap().to_vec().iter().all(|g| g.is_finite()));
}

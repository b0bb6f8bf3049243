//! RLHF at toy size: a policy with a value head, rollouts, KL to a frozen reference, GAE, and
//! the clipped objective (Schulman et al. 2017). There are so few texts that expectations can
//! be computed by going through all of them.

use super::gpt::{Given, Gpt, GptConfig};
use super::support::distance;
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::module;
use gradus::neural_network::{
    Context, Linear, copy, freeze, named_parameters, trainable,
};
use gradus::random::{Generator, generator, uniform};
use gradus::tensor::Array;
use gradus::training::{
    Adam, AdamConfig, Group, Optimizer, clip_by_global_norm, gradients_of,
};

const VOCABULARY: usize = 4;
/// How many tokens follow the prompt, which is a single 0.
const LENGTH: usize = 3;

struct Actor<T: Real> {
    gpt: Gpt<T>,
    value: Linear<T>,
}

module!(Actor { gpt, value });

fn gpt(seed: u64) -> Gpt<f64> {
    let (positions, width) = (LENGTH, 8);
    let (vocabulary, heads, layers) = (VOCABULARY, 2, 1);
    let config = GptConfig { vocabulary, positions, width, heads, layers, dropout: 0.0 };
    let model = Gpt::new(config, &mut generator(seed));
    model.token.weight.update(|values| values.iter_mut().for_each(|w| *w *= 10.0));
    model
}

fn actor(seed: u64) -> Actor<f64> {
    Actor { gpt: gpt(seed), value: Linear::new(8, 1, 0.1, &mut generator(seed + 1)) }
}

/// A copy that never changes.
fn reference(policy: &Gpt<f64>) -> Gpt<f64> {
    let reference = gpt(99);
    copy(policy, &reference);
    freeze(&reference, |_| true);
    reference
}

/// ln π of every token after the first, `[B, T]`, and the last layer's output, from texts
/// `[B, 1 + T]`.
fn log_probabilities(
    gpt: &Gpt<f64>,
    texts: &Array<u32>,
) -> (TensorOf<f64>, TensorOf<f64>) {
    let context = &mut Context::evaluation(); // no dropout, or no ratio would be 1
    let length = texts.shape()[1] - 1;
    let embeddings = gpt.token.forward(&texts.slice(1, 0..length));
    let (x, _) = gpt.forward_embeddings(&embeddings, Given::default(), context);
    let next = texts.slice(1, 1..length + 1).reshape(&[texts.shape()[0], length, 1]);
    let all = gpt.head.forward(&x, context).log_softmax();
    (all.gather(2, &next).squeeze(2), x)
}

/// Texts `[B, 1 + T]`, token by token, through the cache.
fn rollout(gpt: &Gpt<f64>, batch: usize, random: &mut Generator) -> Array<u32> {
    let mut new = Array::<u32>::zeros(&[batch, 1]);
    let (mut texts, mut past) = (new.clone(), Vec::new());
    for _ in 0..LENGTH {
        let given = Given { past: &past, ..Given::default() };
        let (logits, present) =
            gpt.forward_given(&new, given, &mut Context::evaluation());
        let shares = logits.softmax().to_vec();
        let tokens = shares.chunks(VOCABULARY).map(|shares| choose(shares, random));
        new = Array::new(tokens.collect(), &[batch, 1]);
        texts = Array::concat(&[texts, new.clone()], 1);
        past = present;
    }
    texts
}

/// The number of a share, as often as it is large.
fn choose(shares: &[f64], random: &mut Generator) -> u32 {
    let (mut left, last) = (uniform(random), shares.len() - 1);
    let found = shares.iter().position(|share| {
        left -= share;
        left < 0.0
    });
    found.unwrap_or(last) as u32
}

/// How good a text is: how many of its tokens are 3.
fn score(text: &[u32]) -> f64 {
    text[1..].iter().filter(|token| **token == 3).count() as f64
}

fn scores(texts: &Array<u32>) -> Vec<f64> {
    texts.to_vec().chunks(1 + LENGTH).map(score).collect()
}

/// Every text there is.
fn all_texts() -> Array<u32> {
    let count = VOCABULARY.pow(LENGTH as u32);
    let token = |i: usize| match (i / (1 + LENGTH), i % (1 + LENGTH)) {
        (_, 0) => 0,
        (text, place) => (text / VOCABULARY.pow(place as u32 - 1) % VOCABULARY) as u32,
    };
    Array::from_fn(&[count, 1 + LENGTH], token)
}

/// The probability of every text, and ln of it.
fn distribution(gpt: &Gpt<f64>) -> (Vec<f64>, Vec<f64>) {
    let logs = log_probabilities(gpt, &all_texts()).0.sum(&[1]).to_vec();
    (logs.iter().map(|log| log.exp()).collect(), logs)
}

fn expected_score(gpt: &Gpt<f64>) -> f64 {
    distribution(gpt).0.iter().zip(scores(&all_texts())).map(|(p, score)| p * score).sum()
}

/// KL(π ‖ π_ref) over whole texts.
fn divergence(policy: &Gpt<f64>, reference: &Gpt<f64>) -> f64 {
    let ((p, log_p), (_, log_q)) = (distribution(policy), distribution(reference));
    p.iter().zip(log_p).zip(log_q).map(|((p, log_p), log_q)| p * (log_p - log_q)).sum()
}

/// Aₜ = Σ (γ λ)ˡ δₜ₊ₗ with δₜ = rₜ + γ Vₜ₊₁ − Vₜ; after the end V is 0 (Schulman et al. 2016).
fn advantages(rewards: &[f64], values: &[f64], gamma: f64, lambda: f64) -> Vec<f64> {
    let (mut next, mut advantages) = ((0.0, 0.0), vec![0.0; rewards.len()]);
    for t in (0..rewards.len()).rev() {
        let (value, advantage) = next;
        let delta = rewards[t] + gamma * value - values[t];
        advantages[t] = delta + gamma * lambda * advantage;
        next = (values[t], advantages[t]);
    }
    advantages
}

/// What is known of a batch of texts when it was written: `[B, T]` each but the texts.
struct Experience {
    texts: Array<u32>,
    log_probabilities: Array<f64>,
    values: Array<f64>,
    advantages: Array<f64>,
    returns: Array<f64>,
}

impl Experience {
    fn gather(
        actor: &Actor<f64>,
        reference: &Gpt<f64>,
        beta: f64,
        random: &mut Generator,
    ) -> Experience {
        let texts = rollout(&actor.gpt, 32, random);
        let (log_p, values) = actor.forward(&texts);
        let (log_q, _) = log_probabilities(reference, &texts);
        let mut rewards = ((&log_q - log_p.detach()) * beta).to_vec();
        for (row, score) in rewards.chunks_mut(LENGTH).zip(scores(&texts)) {
            row[LENGTH - 1] += score;
        }
        let rows = rewards.chunks(LENGTH);
        let of_row = |(r, v): (&[f64], &[f64])| advantages(r, v, 1.0, 0.95);
        let raw: Vec<f64> =
            rows.zip(values.to_vec().chunks(LENGTH)).flat_map(of_row).collect();
        let raw = Array::new(raw, values.shape());
        let returns = raw.zip(values.value(), "returns", |a, v| a + v);
        let mean = raw.sum(&[0, 1]).item() / raw.size() as f64;
        let variance = raw.map(|a| (a - mean).powi(2)).sum(&[0, 1]).item();
        let deviation = (variance / raw.size() as f64).sqrt();
        let advantages = raw.map(|a| (a - mean) / (deviation + 1e-8));
        let [log_probabilities, values] = [log_p, values].map(|x| x.value().clone());
        Experience { texts, log_probabilities, values, advantages, returns }
    }
}

impl Actor<f64> {
    /// ln π and V at every token after the first: `[B, T]` each.
    fn forward(&self, texts: &Array<u32>) -> (TensorOf<f64>, TensorOf<f64>) {
        let (log_p, x) = log_probabilities(&self.gpt, texts);
        (log_p, self.value.forward(&x, &mut Context::evaluation()).squeeze(2))
    }

    fn loss(&self, experience: &Experience) -> TensorOf<f64> {
        let (log_p, values) = self.forward(&experience.texts);
        let old = TensorOf::from(experience.log_probabilities.clone());
        let objective = clipped_objective(&(log_p - old).exp(), &experience.advantages);
        // Values may not leave the neighbourhood of those at the rollout either.
        let old = TensorOf::from(experience.values.clone());
        let near = &old + (&values - &old).clamp(-0.2, 0.2);
        let error = |values: &TensorOf<f64>| {
            (values - TensorOf::from(experience.returns.clone())).powf(2.0)
        };
        let value_loss = error(&values).maximum(&error(&near)).mean_all();
        value_loss * 0.5 - objective.mean_all()
    }
}

/// min(ρ A, clip(ρ, 1 − ε, 1 + ε) A), equation 7.
fn clipped_objective(ratio: &TensorOf<f64>, advantages: &Array<f64>) -> TensorOf<f64> {
    let advantages = TensorOf::from(advantages.clone());
    (ratio * &advantages).minimum(&(ratio.clamp(0.8, 1.2) * &advantages))
}

#[test]
fn texts_come_as_often_as_the_policy_says_and_the_same_seed_writes_the_same() {
    let (policy, count) = (gpt(1), 5000);
    let texts = rollout(&policy, count, &mut generator(2));
    assert!(texts == rollout(&policy, count, &mut generator(2)));
    assert!(texts != rollout(&policy, count, &mut generator(3)));
    let (shares, _) = distribution(&policy);
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    let mut found = vec![0.0; shares.len()];
    for text in texts.to_vec().chunks(1 + LENGTH) {
        let place = |sum, token: &u32| sum * VOCABULARY + *token as usize;
        found[text[1..].iter().rev().fold(0, place)] += 1.0;
    }
    // χ² with 63 degrees of freedom: beyond 120 for one seed in 50,000.
    let far = |(found, share): (&f64, &f64)| {
        let expected = share * count as f64;
        (found - expected).powi(2) / expected
    };
    let chi: f64 = found.iter().zip(&shares).map(far).sum();
    assert!(chi < 120.0, "{chi}");
    let [least, most] =
        [f64::min, f64::max].map(|f| shares.iter().copied().reduce(f).unwrap());
    assert!(least * count as f64 > 5.0, "χ² needs some of each: {least}");
    assert!(most > 3.0 * least, "equal shares would prove little: {least} {most}");
}

#[test]
fn advantages_are_the_errors_of_one_step_or_of_all_at_the_ends_of_lambda() {
    let (rewards, values) = ([1.0, 0.0, 4.0], [0.5, -1.0, 2.0]);
    assert_eq!(advantages(&rewards, &values, 0.5, 0.0), [0.0, 2.0, 2.0]);
    assert_eq!(advantages(&rewards, &values, 0.5, 1.0), [1.5, 3.0, 2.0]);
}

/// Too far the good way there is no slope; too far the bad way there is one back.
#[test]
fn the_objective_is_clipped_where_the_ratio_has_gone_far_enough() {
    let ratio = TensorOf::new(vec![1.5, 0.5, 1.5, 0.5, 1.1], &[5]).tracked();
    let advantages = Array::new(vec![2.0, 2.0, -2.0, -2.0, 3.0], &[5]);
    let objective = clipped_objective(&ratio, &advantages);
    assert_eq!(objective.to_vec(), [2.4, 1.0, -3.0, -1.6, 3.0 * 1.1]);
    let slope = objective.sum_all().backward();
    assert_eq!(slope.of(&ratio).unwrap().to_vec(), [0.0, 2.0, -2.0, 0.0, 3.0]);
}

#[test]
fn at_the_first_step_every_ratio_is_1_and_the_reference_gets_no_gradient() {
    let actor = actor(1);
    let reference = reference(&actor.gpt);
    assert_eq!(divergence(&actor.gpt, &reference), 0.0);
    let experience = Experience::gather(&actor, &reference, 0.1, &mut generator(2));
    let (log_p, _) = actor.forward(&experience.texts);
    let old = TensorOf::from(experience.log_probabilities.clone());
    assert!((log_p - old).exp().to_vec().iter().all(|ratio| *ratio == 1.0));
    let (log_q, _) = log_probabilities(&reference, &experience.texts);
    assert!(!log_q.is_tracked());
    assert!(distance(log_q.value(), &experience.log_probabilities) == 0.0);
    let gradients = actor.loss(&experience).backward();
    for (path, parameter) in named_parameters(&reference) {
        assert!(parameter.gradient(&gradients).is_none(), "{path}");
    }
    for (path, parameter) in named_parameters(&actor) {
        assert!(parameter.gradient(&gradients).is_some(), "{path}");
    }
}

/// At ratio 1 nothing is clipped: the gradient is that of −A ln π and half the squared error.
#[test]
fn the_first_step_is_the_policy_gradient() {
    let actor = actor(3);
    let reference = reference(&actor.gpt);
    let experience = Experience::gather(&actor, &reference, 0.1, &mut generator(4));
    let gradients = actor.loss(&experience).backward();
    let (log_p, values) = actor.forward(&experience.texts);
    let returns = TensorOf::from(experience.returns.clone());
    let policy = (log_p * TensorOf::from(experience.advantages.clone())).mean_all();
    let plain = ((values - returns).powf(2.0).mean_all() * 0.5 - policy).backward();
    for (path, parameter) in named_parameters(&actor) {
        let [clipped, plain] =
            [&gradients, &plain].map(|g| parameter.gradient(g).unwrap());
        assert!(distance(clipped, plain) < 1e-12, "{path}");
    }
}

fn learn(actor: &Actor<f64>, reference: &Gpt<f64>, beta: f64) {
    let random = &mut generator(6);
    let config = AdamConfig { epsilon: 1e-5, ..AdamConfig::default() };
    let mut adam = Adam::new(Group::by_rank(trainable(actor)), config);
    for _ in 0..20 {
        let experience = Experience::gather(actor, reference, beta, random);
        for _ in 0..3 {
            let gradients = actor.loss(&experience).backward();
            let mut gradients = gradients_of(adam.groups(), &gradients);
            clip_by_global_norm(&mut gradients, 1.0);
            adam.step(&gradients, 5e-3);
        }
    }
}

#[test]
fn the_expected_score_rises_and_a_price_on_divergence_holds_it_back() {
    let (free, held) = (actor(5), actor(5));
    let reference = reference(&free.gpt);
    let before = expected_score(&free.gpt);
    let first = distribution(&reference);
    learn(&free, &reference, 0.0);
    learn(&held, &reference, 1.0);
    let [free_score, held_score] = [&free, &held].map(|actor| expected_score(&actor.gpt));
    assert!(free_score > before + 1.0, "{before} {free_score}");
    assert!(before < held_score && held_score < free_score, "{before} {held_score}");
    let [far, near] = [&free, &held].map(|actor| divergence(&actor.gpt, &reference));
    assert!(0.0 < near && near < 0.5 * far, "{near} {far}");
    assert!(distribution(&reference) == first);
}

//! Models in files: saved, loaded, refused, in part.

use super::gpt::{Gpt, GptConfig, lively};
use super::support::{numbers, tokens};
use gradus::neural_network::{Context, copy, freeze, named_parameters, weights};
use gradus::random::generator;

fn logits(model: &Gpt<f32>) -> Vec<f32> {
    model.forward(&tokens(&[2, 5], 11, 1), &mut Context::evaluation()).to_vec()
}

#[test]
fn a_gpt_that_was_saved_gives_the_same_logits_bit_for_bit_where_it_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gpt.safetensors");
    let (saved, loaded) = (lively(1), lively(2));
    weights::save(&saved, &path).unwrap();
    assert_ne!(logits(&saved), logits(&loaded));
    weights::load(&loaded, &path).unwrap();
    assert_eq!(logits(&saved), logits(&loaded));
    // The tied weight is there once, and is still one when it is loaded.
    let names: Vec<String> =
        weights::read::<f32>(&path).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), named_parameters(&saved).len());
    assert!(loaded.head.weight.is(&loaded.token.weight));
    assert!(names.contains(&"blocks.1.attention.query.weight".to_string()), "{names:?}");
}

#[test]
fn a_gpt_of_another_size_is_refused_and_keeps_its_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gpt.safetensors");
    weights::save(&lively::<f32>(1), &path).unwrap();
    let others = [
        (GptConfig { layers: 3, ..GptConfig::default() }, "no `blocks.2."),
        (GptConfig { layers: 1, ..GptConfig::default() }, "also holds `blocks.1."),
        (GptConfig { width: 8, ..GptConfig::default() }, "[11, 8]"),
    ];
    for (config, part) in others {
        let other = Gpt::<f32>::new(config, &mut generator(3));
        let before = numbers(&other);
        let message = weights::load(&other, &path).unwrap_err().to_string();
        assert!(message.contains(part), "{part:?} is not in {message:?}");
        assert!(numbers(&other) == before);
    }
}

#[test]
fn a_smaller_gpt_takes_the_lower_blocks_of_a_larger_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gpt.safetensors");
    let (large, config) =
        (lively::<f32>(1), GptConfig { layers: 1, ..GptConfig::default() });
    weights::save(&large, &path).unwrap();
    let small = Gpt::<f32>::new(config, &mut generator(4));
    let norm = small.norm.weight.value();
    norm.to_vec().iter().for_each(|gain| assert_eq!(*gain, 1.0));
    small.norm.weight.update(|gain| gain.fill(7.0));
    let lower = |path: &str| path.starts_with("blocks.0.") || path.starts_with("token.");
    weights::load_where(&small, &path, lower).unwrap();
    let chosen = |model: &Gpt<f32>| {
        let mut numbers = numbers(model);
        numbers.retain(|(path, _)| lower(path));
        numbers
    };
    assert_eq!(chosen(&small).len(), 17);
    assert_eq!(chosen(&small), chosen(&large));
    assert_eq!(small.norm.weight.value().at(&[3]), 7.0, "not chosen, not changed");
}

#[test]
fn a_frozen_copy_stays_when_the_model_it_was_taken_from_is_trained() {
    let (model, reference) = (lively::<f32>(1), lively::<f32>(2));
    copy(&model, &reference);
    freeze(&reference, |_| true);
    assert!(reference.head.weight.is(&reference.token.weight), "it is tied in itself");
    assert!(!reference.head.weight.is(&model.token.weight));
    let (before, ids) = (logits(&model), tokens(&[2, 6], 11, 5));
    assert_eq!(logits(&reference), before);
    let parameters = gradus::neural_network::trainable(&model);
    super::support::train(parameters, 3, 1e-2, || {
        model.loss(&ids, &mut Context::evaluation())
    });
    assert_ne!(logits(&model), before);
    assert_eq!(logits(&reference), before);
}

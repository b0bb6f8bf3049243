//! Weights in a file: what is written comes back, and nothing else is taken for it.

use gradus::neural_network::*;
use gradus::random::generator;
use gradus::tensor::Array;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn model(sizes: &[usize], seed: u64) -> Mlp<f32> {
    Mlp::new(sizes, Activation::Relu, &mut generator(seed))
}

fn values(model: &Mlp<f32>) -> Vec<Vec<f32>> {
    named_parameters(model).iter().map(|(_, p)| p.value().to_vec()).collect()
}

fn saved(model: &Mlp<f32>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/model.safetensors");
    weights::save(model, &path).unwrap();
    (folder, path)
}

#[track_caller]
fn refused(model: &Mlp<f32>, path: &Path, parts: &[&str]) {
    let before = values(model);
    let message = weights::load(model, path).unwrap_err().to_string();
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in {message:?}");
    }
    assert_eq!(values(model), before, "no parameter may change");
}

#[test]
fn what_was_saved_is_loaded_bit_by_bit() {
    let (first, second) = (model(&[3, 4, 2], 1), model(&[3, 4, 2], 2));
    let (_folder, path) = saved(&first);
    assert_ne!(values(&first), values(&second));
    weights::load(&second, &path).unwrap();
    assert_eq!(values(&first), values(&second));
    let names: Vec<String> =
        weights::read::<f32>(&path).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 4);
    assert!(names.contains(&"layers.1.weight".to_string()), "{names:?}");
}

#[test]
fn a_file_that_is_cut_at_any_byte_is_refused() {
    let whole = model(&[2, 2], 1);
    let (_folder, path) = saved(&whole);
    let bytes = std::fs::read(&path).unwrap();
    for length in 0..bytes.len() {
        std::fs::write(&path, &bytes[..length]).unwrap();
        refused(&model(&[2, 2], 2), &path, &["cut or damaged"]);
    }
}

#[test]
fn a_file_of_another_model_is_refused_with_what_differs() {
    let (_folder, path) = saved(&model(&[3, 4, 2], 1));
    refused(&model(&[3, 5, 2], 2), &path, &["layers.0.weight", "[4, 3]", "[5, 3]"]);
    refused(&model(&[3, 4, 2, 2], 2), &path, &["no `layers.2.weight`", "another model"]);
    refused(
        &model(&[3, 4], 2),
        &path,
        &["also holds `layers.1.bias`, `layers.1.weight`"],
    );
    let wide = vec![("layers.0.weight".to_string(), Array::<f64>::zeros(&[1]))];
    weights::write(&path, &wide).unwrap();
    refused(&model(&[3, 4], 2), &path, &["F64", "f32 is needed"]);
    refused(
        &model(&[3, 4], 2),
        Path::new("no/such.safetensors"),
        &["cannot read", "no/such"],
    );
}

#[test]
fn a_writer_that_fails_leaves_the_old_file() {
    let first = model(&[2, 2], 1);
    let (folder, path) = saved(&first);
    // A folder stands where the new file is written beside the old one.
    std::fs::create_dir(path.with_added_extension("part")).unwrap();
    let error = weights::save(&model(&[2, 2], 2), &path).unwrap_err().to_string();
    assert!(error.contains("cannot write"), "{error}");
    let again = model(&[2, 2], 3);
    weights::load(&again, &path).unwrap();
    assert_eq!(values(&again), values(&first));
    drop(folder);
}

#[test]
fn a_shared_parameter_is_saved_once_and_a_frozen_one_has_no_gradient() {
    let mut tied = model(&[3, 3], 1);
    tied.layers.push(Linear {
        weight: tied.layers[0].weight.clone(),
        bias: None,
        branch: None,
    });
    let named = named_parameters(&tied);
    assert_eq!(
        named.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["layers.0.weight", "layers.0.bias"]
    );
    assert_eq!(parameter_count(&tied), (12, 12));
    assert_eq!(freeze(&tied, |path| path.ends_with("weight")), 1);
    assert_eq!(parameter_count(&tied), (3, 12));
    let x = gradus::autograd::Tensor::new(vec![1.0, -2.0, 3.0], &[1, 3]);
    let loss = tied.forward(&x, &mut Context::evaluation()).sum_all();
    let gradients = loss.backward();
    assert!(named[0].1.gradient(&gradients).is_none());
    assert!(named[1].1.gradient(&gradients).is_some());
}

fn first(path: &str) -> bool {
    path.starts_with("layers.0.")
}

#[test]
fn a_part_is_saved_and_loaded_by_itself() {
    let (whole, other) = (model(&[3, 4, 2], 1), model(&[3, 4, 5], 2));
    let (_folder, path) = saved(&whole);
    let before = values(&other);
    // The last layer has another size, and is not asked for.
    weights::load_where(&other, &path, first).unwrap();
    assert_eq!(values(&other)[..2], values(&whole)[..2]);
    assert_eq!(values(&other)[2..], before[2..]);
    let part = path.with_file_name("part.safetensors");
    weights::save_where(&whole, &part, first).unwrap();
    assert_eq!(weights::read::<f32>(&part).unwrap().len(), 2);
    refused(&model(&[3, 4, 2], 3), &part, &["no `layers.1."]);
}

#[test]
fn a_part_is_as_strict_as_the_whole() {
    let (_folder, path) = saved(&model(&[3, 4, 2], 1));
    let part = |model: &Mlp<f32>, chosen: fn(&str) -> bool| {
        let before = values(model);
        let error = weights::load_where(model, &path, chosen).unwrap_err().to_string();
        assert_eq!(values(model), before, "no parameter may change");
        error
    };
    let wide = part(&model(&[9, 4, 2], 2), first);
    assert!(wide.contains("[4, 3]") && wide.contains("[4, 9]"), "{wide}");
    let missing = part(&model(&[3, 4, 2, 2], 2), |path| !first(path));
    assert!(missing.contains("no `layers.2."), "{missing}");
    let shorter = part(&model(&[3, 4], 2), |_| true);
    assert!(shorter.contains("also holds `layers.1."), "{shorter}");
}

/// Names of another framework: read, renamed, filled in.
#[test]
fn a_file_with_other_names_is_read_renamed_and_filled_in() {
    let (from, to) = (model(&[3, 4, 2], 1), model(&[3, 4, 2], 2));
    let foreign = named_parameters(&from)
        .into_iter()
        .map(|(name, parameter)| (name.replace("layers.", "fc"), parameter.value()));
    let foreign: weights::Named<f32> = foreign.collect();
    let parameters = named_parameters(&to);
    let message = weights::fill(&parameters, foreign.clone(), |_| true).unwrap_err();
    assert!(message.contains("no `layers.0.weight`"), "{message}");
    let ours = foreign.into_iter().map(|(name, x)| (name.replace("fc", "layers."), x));
    weights::fill(&parameters, ours.collect(), |_| true).unwrap();
    assert_eq!(values(&from), values(&to));
}

//! The file that `torch_fixtures.py` writes.

use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

#[derive(Deserialize)]
pub struct Fixture {
    pub made_by: String,
    pub torch: String,
    pub graphs: Vec<Graph>,
    pub optimizers: Vec<Steps>,
    pub mlps: Vec<Training>,
}

/// Inputs, steps, and what comes out.
#[derive(Deserialize)]
pub struct Graph {
    pub name: String,
    pub inputs: Vec<Filled>,
    pub steps: Vec<Step>,
    pub value: Filled,
    pub gradients: Vec<Numbers>,
}

impl Graph {
    /// Whether it stands on a number that f32 does not have.
    pub fn needs_f64(&self) -> bool {
        let numbers = self.inputs.iter().flat_map(|input| &input.values.0);
        numbers.filter(|x| x.is_finite() && **x != 0.0).any(|x| {
            let size = x.abs();
            size < f64::from(f32::MIN_POSITIVE) || size > f64::from(f32::MAX)
        })
    }
}

#[derive(Deserialize)]
pub struct Filled {
    pub shape: Vec<usize>,
    pub values: Numbers,
}

/// `[operation, arguments, settings]`: the nodes it is applied to, and how.
#[derive(Deserialize)]
pub struct Step {
    pub operation: String,
    pub arguments: Vec<usize>,
    pub settings: Value,
}

/// Numbers, among them "nan", "inf" and "-inf".
#[derive(Deserialize)]
#[serde(try_from = "Vec<Value>")]
pub struct Numbers(pub Vec<f64>);

impl TryFrom<Vec<Value>> for Numbers {
    type Error = String;

    fn try_from(values: Vec<Value>) -> Result<Numbers, String> {
        let number = |value: &Value| match value {
            Value::String(name) => name.parse().ok(),
            value => value.as_f64(),
        };
        let numbers: Option<Vec<f64>> = values.iter().map(number).collect();
        numbers.map(Numbers).ok_or_else(|| format!("not all numbers: {values:?}"))
    }
}

/// An optimizer along given gradients.
#[derive(Deserialize)]
pub struct Steps {
    pub optimizer: String,
    pub options: Options,
    pub rate: f64,
    pub start: Vec<f64>,
    pub steps: Vec<Update>,
}

/// PyTorch's names.
#[derive(Deserialize, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    pub momentum: f64,
    pub nesterov: bool,
    pub weight_decay: f64,
    pub betas: Option<[f64; 2]>,
    pub eps: Option<f64>,
}

#[derive(Deserialize)]
pub struct Update {
    pub gradient: Vec<f64>,
    pub weights: Vec<f64>,
}

/// A model in training.
#[derive(Deserialize)]
pub struct Training {
    pub sizes: Vec<usize>,
    pub activation: String,
    pub optimizer: String,
    pub options: Options,
    pub rate: f64,
    /// Weights and biases.
    pub layers: Vec<[Vec<f64>; 2]>,
    pub x: Vec<f64>,
    pub targets: Vec<u32>,
    pub losses: Vec<f64>,
}

/// The fixture, read once.
pub fn fixture() -> &'static Fixture {
    static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
        let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/torch.json");
        let path = std::env::var("GRADUS_PEERS").unwrap_or_else(|_| committed.into());
        let text = std::fs::read_to_string(&path).expect("the fixture is there");
        serde_json::from_str(&text).expect("the fixture is as the script writes it")
    });
    &FIXTURE
}

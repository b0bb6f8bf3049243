//! What an optimizer remembers, in a form that a file can hold.

use super::optimizer::Group;
use crate::element::Real;
use crate::neural_network::Parameter;
use crate::tensor::Array;

/// What an optimizer remembers of one parameter.
pub struct State<T: Real> {
    /// How many updates the parameter has had, where that is counted.
    pub steps: u64,
    /// Arrays by name, each of the parameter's shape; none before the first update.
    pub arrays: Vec<(String, Array<T>)>,
}

impl<T: Real> State<T> {
    /// Nothing is remembered yet.
    pub fn empty() -> State<T> {
        State { steps: 0, arrays: Vec::new() }
    }
}

/// Settings of an optimizer and of its groups, as text.
pub(super) fn settings<T: Real>(
    config: &dyn std::fmt::Debug,
    groups: &[Group<T>],
) -> String {
    let group = |group: &Group<T>| {
        let Group { parameters, rate, decay } = group;
        format!("{} parameters, rate {rate:?}, decay {decay}", parameters.len())
    };
    let groups: Vec<String> = groups.iter().map(group).collect();
    format!("{config:?}; {}", groups.join("; "))
}

/// Steps, and N arrays.
pub(super) type Remembered<T, const N: usize> = (u64, [Array<T>; N]);

/// The arrays `names` for each parameter (`None` before its first update), beside it, if the
/// states fit the groups.
pub(super) fn fit<T: Real, const N: usize>(
    groups: &[Group<T>],
    states: Vec<State<T>>,
    names: [&str; N],
) -> Result<Vec<Option<Remembered<T, N>>>, String> {
    let parameters: Vec<_> = groups.iter().flat_map(|group| &group.parameters).collect();
    if parameters.len() != states.len() {
        let (own, found) = (parameters.len(), states.len());
        return Err(format!("the optimizer has {own} parameters, and there are {found}"));
    }
    let fit = |(parameter, state): (&Parameter<T>, State<T>)| {
        let State { steps, arrays } = state;
        if arrays.is_empty() {
            return Ok(None);
        }
        let shape = parameter.shape();
        let found = |wanted: &str| {
            let mut arrays = arrays.iter().filter(|(name, _)| name == wanted);
            arrays.find(|(_, array)| array.shape() == shape).map(|(_, array)| array)
        };
        let values = names.map(found);
        if arrays.len() != N || values.contains(&None) {
            return Err(format!(
                "for a parameter of shape {shape:?} the optimizer needs {names:?} of that \
                 shape, and there is {:?}",
                arrays.iter().map(|(name, a)| (name, a.shape())).collect::<Vec<_>>()
            ));
        }
        let device = parameter.device();
        let here = |array: Option<&Array<T>>| match array {
            Some(array) => array.beside(&device),
            None => unreachable!("all are there"),
        };
        Ok(Some((steps, values.map(here))))
    };
    parameters.into_iter().zip(states).map(fit).collect()
}

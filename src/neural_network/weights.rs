//! A model's parameters in a file, in the safetensors format that other frameworks read
//! too: names, shapes, types, then the numbers.

use super::{Module, Parameter, named_parameters, select};
use crate::element::Real;
use crate::replace::replace;
use crate::tensor::Array;
use crate::{Error, Result};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use std::collections::HashMap;
use std::path::Path;

/// Named arrays: what a file of weights holds.
pub type Named<T> = Vec<(String, Array<T>)>;

/// Writes all parameters of `module` to `path`: beside it first, then renamed, so that the
/// file is the old one or the new one, whatever happens meanwhile.
///
/// # Errors
/// When the file cannot be written; the old one is then untouched.
pub fn save<T: Real>(module: &dyn Module<T>, path: &Path) -> Result<()> {
    write(path, &values(&named_parameters(module)))
}

/// Writes the parameters that [`select`] chooses: an adapter without its base.
///
/// # Errors
/// When the file cannot be written; the old one is then untouched.
///
/// # Panics
/// When none is chosen.
#[track_caller]
pub fn save_where<T: Real>(
    module: &dyn Module<T>,
    path: &Path,
    chosen: impl Fn(&str) -> bool,
) -> Result<()> {
    write(path, &values(&select(module, chosen)))
}

/// Reads the parameters of `module` from `path`. Every parameter must be there under its
/// path with its shape, and nothing else; otherwise no parameter is changed.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or belongs to another model.
pub fn load<T: Real>(module: &dyn Module<T>, path: &Path) -> Result<()> {
    load_where(module, path, |_| true)
}

/// Reads the parameters that [`select`] chooses. Among the chosen names it is as strict as
/// [`load`]; other parameters stay, and what else is in the file is passed over. So a base
/// goes into a model that has adapters, an adapter goes onto a base, and an encoder with one
/// head into a model that has another.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or belongs to another model.
///
/// # Panics
/// When no parameter is chosen.
#[track_caller]
pub fn load_where<T: Real>(
    module: &dyn Module<T>,
    path: &Path,
    chosen: impl Fn(&str) -> bool,
) -> Result<()> {
    let parameters = select(module, &chosen);
    fill(&parameters, read(path)?, chosen)
        .map_err(|what| Error::Weights { path: path.into(), what })
}

/// Puts named arrays into the parameters of these names, all or none of them. For files
/// with names of their own: [`read`] them, rename, fill.
///
/// # Errors
/// Those of [`fit`].
pub fn fill<T: Real>(
    parameters: &[(String, Parameter<T>)],
    found: Named<T>,
    chosen: impl Fn(&str) -> bool,
) -> std::result::Result<(), String> {
    let values = fit(parameters, found, chosen)?;
    let places = parameters.iter().map(|(_, parameter)| parameter);
    places.zip(values).for_each(|(parameter, value)| parameter.set(value));
    Ok(())
}

/// A value for each of the parameters, in order, out of named arrays. Arrays of other names
/// are refused if `chosen` is true of them, else passed over.
///
/// # Errors
/// What is missing, has another shape, or is too much.
pub fn fit<T: Real>(
    parameters: &[(String, Parameter<T>)],
    mut found: Named<T>,
    chosen: impl Fn(&str) -> bool,
) -> std::result::Result<Vec<Array<T>>, String> {
    let mut values = Vec::new();
    for (name, parameter) in parameters {
        let Some(place) = found.iter().position(|(other, _)| other == name) else {
            return Err(format!(
                "there is no `{name}` in it: it holds {}, so it belongs to another model",
                listed(&found)
            ));
        };
        let (_, value) = found.swap_remove(place);
        if value.shape() != parameter.shape() {
            return Err(format!(
                "`{name}` has shape {:?}, and the model needs {:?}: was it made with other \
                 settings?",
                value.shape(),
                parameter.shape()
            ));
        }
        values.push(value);
    }
    found.retain(|(name, _)| chosen(name));
    if !found.is_empty() {
        return Err(format!(
            "it also holds {}, which the model does not have: it belongs to another one",
            listed(&found)
        ));
    }
    Ok(values)
}

/// The values of named parameters, as a file holds them.
pub fn values<T: Real>(named: &[(String, Parameter<T>)]) -> Named<T> {
    named.iter().map(|(name, parameter)| (name.clone(), parameter.value())).collect()
}

/// The first few names.
fn listed<T: Real>(named: &Named<T>) -> String {
    let mut names: Vec<_> = named.iter().map(|(name, _)| format!("`{name}`")).collect();
    names.sort();
    let rest = names.len().saturating_sub(3);
    names.truncate(3);
    let names = names.join(", ");
    if rest > 0 { format!("{names} and {rest} more") } else { names }
}

/// Writes named arrays.
///
/// # Errors
/// When the file cannot be written; the old one is then untouched.
pub fn write<T: Real>(path: &Path, named: &Named<T>) -> Result<()> {
    write_with_note(path, named, None)
}

/// Writes named arrays, and a text beside them in the file's header.
///
/// # Errors
/// When the file cannot be written; the old one is then untouched.
pub fn write_with_note<T: Real>(
    path: &Path,
    named: &Named<T>,
    note: Option<&str>,
) -> Result<()> {
    let bytes: Vec<Vec<u8>> = named.iter().map(|(_, array)| bytes_of(array)).collect();
    let views = named.iter().zip(&bytes).map(|((name, array), bytes)| {
        let view = TensorView::new(dtype::<T>(), array.shape().to_vec(), bytes);
        (name, view.expect("as many bytes as the shape holds"))
    });
    let note = note.map(|text| HashMap::from([(NOTE.to_string(), text.to_string())]));
    replace(path, &safetensors::serialize(views, note).expect("the names are unique"))
}

/// Where the header keeps the note.
const NOTE: &str = "gradus";

/// The numbers, row after row, the least significant byte first.
pub fn bytes_of<T: Real>(array: &Array<T>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(array.size() * T::BYTES);
    array.to_vec().into_iter().for_each(|x| x.write(&mut bytes));
    bytes
}

/// Reads named arrays.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or holds another type of number.
pub fn read<T: Real>(path: &Path) -> Result<Named<T>> {
    Ok(read_with_note(path)?.0)
}

/// Reads named arrays, and the text beside them if there is one.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or holds another type of number.
pub fn read_with_note<T: Real>(path: &Path) -> Result<(Named<T>, Option<String>)> {
    let bytes = std::fs::read(path).map_err(|source| Error::File {
        action: "read",
        path: path.into(),
        source,
    })?;
    let refuse = |what: String| Error::Weights { path: path.into(), what };
    let damaged = |error| {
        refuse(format!(
            "it is cut or damaged ({error}): take an earlier one, or fetch it again"
        ))
    };
    let file = SafeTensors::deserialize(&bytes).map_err(damaged)?;
    let (_, header) = SafeTensors::read_metadata(&bytes).map_err(damaged)?;
    let note = header.metadata().as_ref().and_then(|texts| texts.get(NOTE).cloned());
    let mut named = Vec::new();
    for (name, view) in file.tensors() {
        if view.dtype() != dtype::<T>() {
            return Err(refuse(format!(
                "`{name}` holds numbers of type {:?}, and {} is needed",
                view.dtype(),
                T::NAME
            )));
        }
        let values = view.data().chunks_exact(T::BYTES).map(T::read).collect();
        named.push((name, Array::new(values, view.shape())));
    }
    Ok((named, note))
}

fn dtype<T: Real>() -> Dtype {
    if T::BYTES == 4 { Dtype::F32 } else { Dtype::F64 }
}

//! Which keys a query may not see.

use crate::tensor::Array;

/// Which keys each query may not see. Masks are put together by [`and`](Mask::and): a key is
/// hidden if any of them hides it.
///
/// ```
/// use gradus::attention::Mask;
/// use gradus::tensor::Array;
/// let real = Array::new(vec![0, 1, 1], &[1, 3]); // padded on the left
/// let mask = Mask::causal().and(&Mask::padding(&real));
/// let hidden = mask.hidden([2, 3]).expect("something is hidden");
/// assert_eq!(hidden.shape(), [1, 1, 2, 3]);
/// assert_eq!(hidden.to_vec(), [1, 0, 1, 1, 0, 0]);
/// ```
#[derive(Clone, Default)]
pub struct Mask {
    causal: bool,
    hidden: Option<Array<u32>>,
}

impl Mask {
    /// Every query sees every key.
    pub fn none() -> Mask {
        Mask::default()
    }

    /// A query sees the keys of its own and of earlier positions. The queries are the last
    /// positions of the keys: query t of T stands at position S − T + t of S, and so sees a
    /// past whole.
    pub fn causal() -> Mask {
        Mask { causal: true, hidden: None }
    }

    /// Keys where `attention_mask` `[B, S]` is 0 are padding, and hidden from all queries.
    ///
    /// # Panics
    /// When it is not a matrix.
    #[track_caller]
    pub fn padding(attention_mask: &Array<u32>) -> Mask {
        let [batch, keys] = *attention_mask.shape() else {
            panic!(
                "Mask::padding: [B, S] is needed, 1 where a key is real, not {:?}",
                attention_mask.shape()
            )
        };
        let hidden = attention_mask.equal(&Array::scalar(0));
        Mask::hiding(&hidden.reshape(&[batch, 1, 1, keys]))
    }

    /// Whatever is 1 in `hidden`, which is broadcast to `[B, H, T, S]`.
    pub fn hiding(hidden: &Array<u32>) -> Mask {
        Mask { causal: false, hidden: Some(hidden.clone()) }
    }

    /// What either hides is hidden.
    ///
    /// # Panics
    /// When the two do not fit each other.
    #[track_caller]
    pub fn and(&self, other: &Mask) -> Mask {
        let hidden = match (&self.hidden, &other.hidden) {
            (Some(a), Some(b)) => Some(either(a, b)),
            (a, b) => a.as_ref().or(b.as_ref()).cloned(),
        };
        Mask { causal: self.causal || other.causal, hidden }
    }

    /// Whether later positions are hidden.
    pub fn is_causal(&self) -> bool {
        self.causal
    }

    /// What is hidden beside later positions.
    pub fn arbitrary(&self) -> Option<&Array<u32>> {
        self.hidden.as_ref()
    }

    /// All of it for `[T, S]` queries and keys, as one array that can be broadcast to
    /// `[B, H, T, S]`: 1 where a key is hidden. Nothing if every key is seen.
    ///
    /// # Panics
    /// When it hides later positions and there are more queries than keys.
    #[track_caller]
    pub fn hidden(&self, [queries, keys]: [usize; 2]) -> Option<Array<u32>> {
        if !self.causal {
            return self.hidden.clone();
        }
        assert!(
            queries <= keys,
            "Mask::causal: {queries} queries cannot be the last positions of {keys} keys"
        );
        let past = keys - queries;
        let position = Array::from_fn(&[queries, 1], |t| (past + t) as u32);
        let later = position.less(&Array::from_fn(&[keys], |s| s as u32));
        match &self.hidden {
            Some(hidden) => Some(either(hidden, &later)),
            None => Some(later),
        }
    }
}

/// 1 where either says so.
#[track_caller]
fn either(a: &Array<u32>, b: &Array<u32>) -> Array<u32> {
    a.zip(b, "Mask", |a, b| a | b)
}

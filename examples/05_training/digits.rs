//! The 8×8 digits, split anew for every seed: what is trained on, what rates are chosen on,
//! what is only looked at in the end.

use gradus::random::{generator, permutation};
use gradus::tensor::Array;
use gradus::training::take;

/// Pictures and the digits that they show.
#[derive(Clone)]
pub struct Set {
    /// `[rows, 64]`, from 0 to 1.
    pub x: Array<f32>,
    /// `[rows]`
    pub y: Array<u32>,
}

impl Set {
    /// How many.
    pub fn len(&self) -> usize {
        self.y.size()
    }

    /// These rows.
    pub fn rows(&self, rows: &[usize]) -> Set {
        Set { x: take(&self.x, rows), y: take(&self.y, rows) }
    }

    /// The first of them.
    pub fn first(&self, count: usize) -> Set {
        self.rows(&(0..count).collect::<Vec<_>>())
    }
}

/// One split.
pub struct Digits {
    /// 1,024 pictures.
    pub train: Set,
    /// 313: learning rates and the like are chosen on these.
    pub validation: Set,
    /// 460: nothing is chosen on these.
    pub test: Set,
}

impl Digits {
    /// The split of this seed.
    pub fn new(seed: u64) -> Digits {
        let data = smartcore::dataset::digits::load_dataset();
        let (count, width) = (data.num_samples, data.num_features);
        let x = Array::new(data.data, &[count, width]).map(|x| x / 16.0);
        let y = Array::new(data.target, &[count]).map(|y| y as u32);
        let all = Set { x, y };
        let order = permutation(count, &mut generator(seed));
        let (train, rest) = order.split_at(1024);
        let (validation, test) = rest.split_at(313);
        let [train, validation, test] = [train, validation, test].map(|r| all.rows(r));
        Digits { train, validation, test }
    }
}

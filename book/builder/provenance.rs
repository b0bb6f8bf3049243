//! What made a figure or a table: the line under it that lets a reader repeat it.

use crate::results::Run;
use crate::slots::escape;

/// Command, seeds and machine, as HTML.
pub fn line(run: &Run) -> String {
    format!(
        r#"<span class="provenance"><code>{}</code> · <span class="seeds">{}</span> · {}</span>"#,
        escape(&run.command),
        seeds(&run.seeds),
        escape(&run.machine)
    )
}

/// `seed 0`, `seeds 0–4` or `seeds 1, 5, 7`.
fn seeds(seeds: &[u64]) -> String {
    match seeds {
        [] => "no randomness".into(),
        [one] => format!("seed {one}"),
        [first, .., last] if seeds.windows(2).all(|pair| pair[1] == pair[0] + 1) => {
            format!("seeds {first}–{last}")
        }
        _ => format!(
            "seeds {}",
            seeds.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_named_briefly_but_wholly() {
        assert_eq!(seeds(&[3]), "seed 3");
        assert_eq!(seeds(&[0, 1, 2]), "seeds 0–2");
        assert_eq!(seeds(&[0, 2, 3]), "seeds 0, 2, 3");
        assert_eq!(seeds(&[]), "no randomness");
    }
}

//! The whole mission at toy size, through the public interface alone: what the chapters on
//! transformers, pretraining, fine-tuning and alignment will ask of the core. Where one of
//! these is awkward to write, the core is wrong.
//!
//! | file | idea |
//! |---|---|
//! | `support` | token ids, and a training loop |
//! | `attention` | query, key, value, with masks and a past |
//! | `gpt` | a decoder: pre-norm, causal, its head tied to its embeddings; the cache |
//! | `bert` | an encoder: post-norm, segments, masked tokens |
//! | `gradients` | both against finite differences; f32 against f64 |
//! | `state` | saved, loaded, refused |
//! | `frozen` | what is frozen costs no gradient work |
//! | `lora` | low-rank branches on linear layers |
//! | `prompt` | P-tuning: learned embeddings spliced into the sequence |
//! | `prefix` | P-tuning v2: learned keys and values at every layer |
//! | `ppo` | rollouts, advantages, the clipped objective |

mod attention;
mod bert;
mod frozen;
mod gpt;
mod gradients;
mod lora;
mod ppo;
mod prefix;
mod prompt;
mod state;
mod support;

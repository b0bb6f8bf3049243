//! What the threads of a warp do together.

use super::action::{Action, Match, MatchKind, Shuffle, ShuffleMode, Vote, VoteKind};
use super::build::Builder;
use super::compute::modifiers;
use super::control::unknown;
use crate::arithmetic;
use crate::error::Result;
use crate::parse::{Instruction, Operand};
use crate::types::Type;

impl Builder<'_> {
    pub(super) fn warp(&mut self, instruction: &Instruction) -> Result<Option<Action>> {
        let all = modifiers(instruction);
        Ok(Some(match (instruction.base.as_str(), all.as_slice()) {
            ("bar", ["warp", "sync"]) => {
                let [members] = self.operands(instruction)?;
                Action::WarpBarrier { members: self.value(members, Type::B32)? }
            }
            ("shfl", ["sync", mode, "b32"]) => self.shuffle(instruction, mode)?,
            ("vote", ["sync", kind, element]) => self.vote(instruction, kind, element)?,
            ("match", [kind, "sync", element @ ("b32" | "b64")]) => {
                let element = if *element == "b32" { Type::B32 } else { Type::B64 };
                let [to, from, members] = self.operands(instruction)?;
                let (kind, to, all) = match (*kind, to) {
                    ("any", to) => (MatchKind::Any, self.result(to, Type::B32)?, None),
                    ("all", Operand::Pair(to, all)) => (
                        MatchKind::All,
                        self.result(to, Type::B32)?,
                        self.predicate_result(all)?,
                    ),
                    ("all", to) => (MatchKind::All, self.result(to, Type::B32)?, None),
                    _ => return self.error(unknown(instruction)),
                };
                let from = self.value(from, element)?;
                let members = self.value(members, Type::B32)?;
                Action::Match(Match { kind, from, element, members, to, all })
            }
            ("redux", ["sync", operation, name]) => {
                let element = Type::named(name);
                let element =
                    element.filter(|e| matches!(e, Type::U32 | Type::S32 | Type::B32));
                let joined = element
                    .and_then(|element| arithmetic::atomic(operation, element, false));
                let (Some(element), Some(operation)) = (element, joined) else {
                    return self.error(unknown(instruction));
                };
                let [to, from, members] = self.operands(instruction)?;
                let to = self.result(to, element)?;
                let from = self.value(from, element)?;
                let members = self.value(members, Type::B32)?;
                let kind = MatchKind::Join(operation);
                Action::Match(Match { kind, from, element, members, to, all: None })
            }
            ("activemask", ["b32"]) => {
                let [to] = self.operands(instruction)?;
                Action::ActiveMask { to: self.some_result(to, Type::B32)? }
            }
            _ => return Ok(None),
        }))
    }

    /// `shfl.sync.bfly.b32 d|p, a, b, c, members` (ISA, section 9.7.9.6).
    fn shuffle(&mut self, instruction: &Instruction, mode: &str) -> Result<Action> {
        let mode = match mode {
            "up" => ShuffleMode::Up,
            "down" => ShuffleMode::Down,
            "bfly" => ShuffleMode::Butterfly,
            "idx" => ShuffleMode::Index,
            _ => return self.error(unknown(instruction)),
        };
        let [to, from, lane, clamp, members] = self.operands(instruction)?;
        let (to, valid) = match to {
            Operand::Pair(to, valid) => (&**to, self.predicate_result(valid)?),
            to => (to, None),
        };
        Ok(Action::Shuffle(Shuffle {
            mode,
            from: self.value(from, Type::B32)?,
            lane: self.value(lane, Type::B32)?,
            clamp: self.value(clamp, Type::B32)?,
            members: self.value(members, Type::B32)?,
            to: self.result(to, Type::B32)?,
            valid,
        }))
    }

    fn vote(
        &mut self,
        instruction: &Instruction,
        kind: &str,
        element: &str,
    ) -> Result<Action> {
        let [to, from, members] = self.operands(instruction)?;
        if (element == "b32") != (kind == "ballot") || !["b32", "pred"].contains(&element)
        {
            return self.error(unknown(instruction));
        }
        let kind = if kind == "ballot" {
            self.result(to, Type::B32)?.map(VoteKind::Ballot)
        } else {
            let constructor = match kind {
                "all" => VoteKind::All,
                "any" => VoteKind::Any,
                "uni" => VoteKind::Uniform,
                _ => return self.error(unknown(instruction)),
            };
            self.predicate_result(to)?.map(constructor)
        };
        let from = self.condition(from)?;
        let members = self.value(members, Type::B32)?;
        Ok(match kind {
            Some(kind) => Action::Vote(Vote { kind, from, members }),
            None => Action::WarpBarrier { members },
        })
    }
}

//! What an instruction does, with its operands as numbers of registers.

use crate::arithmetic::{Atomic, Comparison, Compute, OPERANDS};
use crate::memory::Manner;
use crate::parse::{Place, Space};
use crate::types::Type;

use super::names::Special;

/// The number of a register.
pub(crate) type Register = usize;

/// The number of a predicate.
pub(crate) type Predicate = usize;

/// What a register holds from the start.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Preset {
    /// The same bits in every lane.
    Constant(u64),
    /// `%tid.x` and its like.
    Special(Special),
    /// The address of a variable, plus bytes.
    Address(Space, String, i64),
}

/// One instruction.
pub(crate) struct Instruction {
    /// Which lanes do it; all if there is none.
    pub guard: Option<Condition>,
    pub action: Action,
    pub place: Place,
    /// As it stands in the text, for messages.
    pub opcode: String,
}

/// A predicate, or its opposite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    pub predicate: Predicate,
    pub negated: bool,
}

/// What is done.
pub(crate) enum Action {
    /// d = f(a, b, …).
    Compute {
        compute: Compute,
        from: [Register; OPERANDS],
        to: Register,
    },
    /// p = f(a, b), or p = f(a, b) combined with q; `opposite` is the second result of `setp`.
    Compare {
        comparison: Comparison,
        from: [Register; OPERANDS],
        with: Option<(Logic, Condition)>,
        to: Option<Predicate>,
        opposite: Option<Predicate>,
    },
    /// p = q and r.
    Combine {
        logic: Logic,
        from: [Condition; 2],
        to: Predicate,
    },
    /// d = a where p is true, else b.
    Select {
        from: [Register; 2],
        by: Condition,
        to: Register,
    },
    /// d = a + b + carry, or a − b − borrow (`add.cc`, `addc`, `subc`, `madc`, …).
    Carry(Carry),
    /// d = a.
    Move {
        from: Register,
        to: Register,
    },
    /// d = a, b, … side by side, a in the low bits; each has `bits` bits.
    Pack {
        from: Vec<Register>,
        bits: u32,
        to: Register,
    },
    /// a, b, … = the parts of d; `None` where nobody wants one.
    Unpack {
        from: Register,
        bits: u32,
        to: Vec<Option<Register>>,
    },
    /// From an address of one space to a generic one, or back.
    Convert {
        space: Space,
        generic: bool,
        from: Register,
        to: Register,
    },
    /// p or d = whether a generic address lies in this space.
    IsSpace {
        space: Space,
        from: Register,
        to: Predicate,
    },
    /// d = the value of a counter: `%clock`.
    Clock {
        to: Register,
    },
    Load(Load),
    Store(Store),
    Atomic(AtomicAccess),
    /// Orders what this thread does in memory before and after, for all or for its block.
    Fence {
        block: bool,
    },
    Branch(usize),
    /// To the target that the register chooses.
    Table {
        index: Register,
        targets: Vec<usize>,
    },
    /// The thread ends.
    Exit,
    /// The thread stops the whole launch.
    Trap,
    Barrier(Barrier),
    /// `bar.warp.sync`.
    WarpBarrier {
        members: Register,
    },
    Shuffle(Shuffle),
    Vote(Vote),
    Match(Match),
    /// `activemask`, and `elect` with a predicate.
    ActiveMask {
        to: Register,
    },
    /// A hint that changes nothing here.
    Nothing,
}

/// `and`, `or`, `xor` of two predicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Logic {
    And,
    Or,
    Xor,
}

impl Logic {
    pub fn apply(self, a: u32, b: u32) -> u32 {
        match self {
            Logic::And => a & b,
            Logic::Or => a | b,
            Logic::Xor => a ^ b,
        }
    }
}

/// An addition in several words.
pub(crate) struct Carry {
    /// a · b first (low or high half of the product), then + c; without it, a and b are added.
    pub product: Option<Half>,
    pub subtract: bool,
    /// Whether the carry of before counts, and whether a new one is kept.
    pub takes: bool,
    pub gives: bool,
    pub element: Type,
    pub from: [Register; 3],
    pub to: Register,
    /// The hidden predicate that holds the carry.
    pub carry: Predicate,
}

/// A half of a product.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Half {
    Low,
    High,
}

/// How strong an access is (ISA, chapter 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Strength {
    /// It may meet others of its kind: `.relaxed`, `.volatile`, `.acquire`, `.release`, atomics.
    pub strong: bool,
    /// Only within the block: `.cta`.
    pub block: bool,
    /// It is strong only by `.volatile`.
    pub volatile: bool,
    /// What others released before is seen after it.
    pub acquire: bool,
    /// What this thread did before is seen by who acquires it.
    pub release: bool,
}

impl Strength {
    /// An access without any promise.
    pub const WEAK: Strength = Strength {
        strong: false,
        block: false,
        volatile: false,
        acquire: false,
        release: false,
    };

    /// How accesses of this strength meet one another.
    pub fn manner(self) -> Manner {
        Manner { strong: self.strong, in_block: self.block, volatile: self.volatile }
    }
}

/// `[address + offset]` in a state space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub space: Space,
    pub address: Register,
    pub offset: i64,
    /// The type of an element and how many of them follow one another.
    pub element: Type,
    pub strength: Strength,
}

/// `ld`.
pub(crate) struct Load {
    pub target: Target,
    /// A register for each element; `None` where nobody wants it.
    pub to: Vec<Option<Register>>,
    /// Whether a narrow element fills the wider register with its sign.
    pub extend_sign: bool,
}

/// `st`.
pub(crate) struct Store {
    pub target: Target,
    pub from: Vec<Register>,
}

/// `atom` and `red`.
pub(crate) struct AtomicAccess {
    pub target: Target,
    pub operation: Atomic,
    pub from: [Register; 2],
    /// Where the old value goes; `red` does not ask.
    pub to: Option<Register>,
}

/// `bar` and `barrier`.
pub(crate) struct Barrier {
    /// Which of the sixteen.
    pub number: Register,
    /// How many threads; all of the block if there is none.
    pub threads: Option<Register>,
    /// Whether the thread waits, or only says that it was here (`bar.arrive`).
    pub waits: bool,
    /// Whether all threads of a warp must come together.
    pub aligned: bool,
    pub reduction: Option<(Reduction, Condition)>,
    /// Where `popc` goes.
    pub count: Option<Register>,
    /// Where `and` and `or` go.
    pub verdict: Option<Predicate>,
}

/// What `bar.red` makes of the threads' predicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reduction {
    Count,
    All,
    Any,
}

/// `shfl.sync`.
pub(crate) struct Shuffle {
    pub mode: ShuffleMode,
    pub from: Register,
    pub lane: Register,
    pub clamp: Register,
    pub members: Register,
    pub to: Option<Register>,
    pub valid: Option<Predicate>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ShuffleMode {
    Up,
    Down,
    Butterfly,
    Index,
}

/// `vote.sync`.
pub(crate) struct Vote {
    pub kind: VoteKind,
    pub from: Condition,
    pub members: Register,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum VoteKind {
    All(Predicate),
    Any(Predicate),
    Uniform(Predicate),
    Ballot(Register),
}

/// `match.sync`, and `redux.sync`, which also compares or joins the values of members.
pub(crate) struct Match {
    pub kind: MatchKind,
    pub from: Register,
    pub element: Type,
    pub members: Register,
    pub to: Option<Register>,
    pub all: Option<Predicate>,
}

pub(crate) enum MatchKind {
    Any,
    All,
    /// `redux.sync`: all values joined by an atomic's operation.
    Join(Atomic),
}

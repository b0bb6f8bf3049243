//! What is checked, and how strictly the machine keeps to what is promised.

/// How a kernel is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What is looked for.
    pub checks: Checks,
    /// With a seed, approximate results lie anywhere within their bound, and whatever the ISA
    /// leaves open is drawn at random: the order of blocks, of warps between barriers, of the
    /// lanes of an atomic. (A GPU has more orders: its blocks and warps run side by side.)
    pub pessimistic: Option<u64>,
    /// How many instructions a warp may execute before it counts as endless.
    pub budget: u64,
    /// Whether memory transactions and bank conflicts are counted.
    pub statistics: bool,
    /// Whether every instruction of every warp is kept, for a small launch that one wants to see
    /// step by step.
    pub trace: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            checks: Checks::ALL,
            pessimistic: None,
            budget: 50_000_000,
            statistics: false,
            trace: false,
        }
    }
}

/// What is looked for while a kernel runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    /// Accesses outside memory, misaligned, through invalid addresses, writes to constants.
    pub bounds: bool,
    /// Memory that is read, and registers that are used, before anything was written there.
    pub uninitialised: bool,
    /// Races within a block and between blocks.
    pub races: bool,
    /// Divergent barriers, and masks of warp operations.
    pub synchronisation: bool,
}

impl Checks {
    /// Everything.
    pub const ALL: Checks =
        Checks { bounds: true, uninitialised: true, races: true, synchronisation: true };
    /// Only where addresses lead.
    pub const BOUNDS: Checks = Checks {
        bounds: true,
        uninitialised: false,
        races: false,
        synchronisation: false,
    };
    /// Nothing; an access out of bounds reads 0 and writes nowhere.
    pub const NONE: Checks = Checks {
        bounds: false,
        uninitialised: false,
        races: false,
        synchronisation: false,
    };
}

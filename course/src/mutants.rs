//! Mechanical faults planted in a solution.

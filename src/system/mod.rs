//! The disk, the output folder and the terminal.

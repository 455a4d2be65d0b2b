//! Bytes made of others: a few changes of those that find faults in parsers.

/// A generator of numbers (xorshift64*, Vigna 2016): the same seed gives the same run.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below another.
    pub fn below(&mut self, most: usize) -> usize {
        (self.draw() >> 16) as usize % most.max(1)
    }
}

/// Longer inputs are cut: they find no more, and take longer.
pub const LONGEST: usize = 8 << 10;

/// What breaks parsers everywhere.
const SIGNS: &[&str] = &[
    "\0",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{feff}",
    "é",
    "\u{a0}",
    "\u{2028}",
    "\u{202e}",
    "𝕏",
    "\u{301}",
    "\"",
    "'",
    "`",
    "\\",
    "<",
    ">",
    "&",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "#",
    "@",
    "%",
    "*",
    "_",
    "-",
    "--",
    "---",
    ":",
    ": ",
    ";",
    ",",
    ".",
    "…",
    "|",
    "~",
    "^",
    "!",
    "?",
    "=",
    "+",
    "/",
    "//",
    "0",
    "-1",
    "9999999999",
    "18446744073709551616",
    "1e999",
    "NaN",
    "\u{fffd}",
    "\u{fdd0}",
    "\u{fdd4}",
];

/// Changes an input a few times. `other` is another of the same target, to take parts of.
pub fn mutate(input: &mut Vec<u8>, other: &[u8], words: &[&str], random: &mut Random) {
    for _ in 0..=random.below(4) {
        once(input, other, words, random);
    }
    input.truncate(LONGEST);
}

fn once(input: &mut Vec<u8>, other: &[u8], words: &[&str], random: &mut Random) {
    let at = random.below(input.len() + 1);
    let end = (at + 1 + random.below(32)).min(input.len());
    match random.below(12) {
        0 if at < input.len() => input[at] ^= 1 << random.below(8),
        1 if at < input.len() => input[at] = (random.draw() >> 24) as u8,
        2 => drop(input.drain(at..end)),
        3 => insert(input, at, &other[part(other.len(), 64, random)]),
        4 => {
            let copy = input[part(input.len(), 64, random)].to_vec();
            insert(input, at, &copy);
        }
        5 => insert(input, at, SIGNS[random.below(SIGNS.len())].as_bytes()),
        6 | 7 if !words.is_empty() => insert(input, at, words[random.below(words.len())].as_bytes()),
        8 => {
            let unit = input[at..end].to_vec();
            insert(input, at, &unit.repeat(1 + random.below(40)));
        }
        9 => {
            // The start of one and the end of another.
            let from = random.below(other.len() + 1);
            input.truncate(at);
            input.extend_from_slice(&other[from..]);
        }
        10 => drop(input.drain(end..)),
        _ => {
            let (a, b) = (part(input.len(), 32, random), part(input.len(), 32, random));
            let (a, b) = (input[a].to_vec(), input[b].to_vec());
            insert(input, at, &[a, b].concat());
        }
    }
}

fn part(length: usize, most: usize, random: &mut Random) -> std::ops::Range<usize> {
    let from = random.below(length + 1);
    from..(from + 1 + random.below(most)).min(length).max(from)
}

fn insert(input: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if input.len() + bytes.len() <= 2 * LONGEST {
        input.splice(at..at, bytes.iter().copied());
    }
}

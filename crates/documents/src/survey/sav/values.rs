//! The cases: bytecode, eight opcodes and then what they leave to be spelled out.

/// What is added to small numbers so that they fit an opcode.
pub(super) const BIAS: i64 = 100;
const END: u8 = 252;
const SPELLED_OUT: u8 = 253;
const BLANKS: u8 = 254;
const NOTHING: u8 = 255;

/// Values, one after the other, case by case.
#[derive(Default)]
pub(super) struct Cases {
    bytes: Vec<u8>,
    opcodes: Vec<u8>,
    spelled_out: Vec<u8>,
}

impl Cases {
    /// No number.
    pub(super) fn nothing(&mut self) {
        self.opcode(NOTHING, None);
    }

    pub(super) fn number(&mut self, number: i64) {
        match u8::try_from(number.saturating_add(BIAS)) {
            Ok(opcode @ 1..=251) => self.opcode(opcode, None),
            _ => self.opcode(SPELLED_OUT, Some(float(number).to_le_bytes())),
        }
    }

    /// A text of at most `width` bytes, filled up with blanks.
    pub(super) fn text(&mut self, text: &str, width: usize) {
        let mut bytes = text.bytes();
        for _ in 0..width.div_ceil(8) {
            let mut eight = [b' '; 8];
            for (place, byte) in eight.iter_mut().zip(bytes.by_ref()) {
                *place = byte;
            }
            match &eight {
                b"        " => self.opcode(BLANKS, None),
                _ => self.opcode(SPELLED_OUT, Some(eight)),
            }
        }
    }

    /// All of it, with the mark of the end.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.opcode(END, None);
        while !self.opcodes.is_empty() {
            self.opcode(0, None);
        }
        self.bytes
    }

    fn opcode(&mut self, opcode: u8, spelled_out: Option<[u8; 8]>) {
        self.opcodes.push(opcode);
        self.spelled_out.extend(spelled_out.into_iter().flatten());
        if self.opcodes.len() == 8 {
            self.bytes.append(&mut self.opcodes);
            self.bytes.append(&mut self.spelled_out);
        }
    }
}

/// A number as the format has it. No score is among them: codes and counts, exact as floats up to 2^53.
#[expect(clippy::cast_precision_loss, reason = "the format knows no other numbers")]
pub(super) fn float(number: i64) -> f64 {
    number as f64
}

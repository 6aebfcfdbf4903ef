//! Base64, as user data travels in.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The text in base64.
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            encoded.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    encoded
}

/// The text that base64 stands for; none if it is no base64. What is no UTF-8 is replaced.
pub fn decode(text: &str) -> Option<String> {
    let letters: Vec<u8> = text.bytes().filter(|letter| !letter.is_ascii_whitespace()).collect();
    let end = letters.iter().position(|letter| *letter == b'=').unwrap_or(letters.len());
    let (letters, padding) = letters.split_at(end);
    if padding.len() > 2 || padding.iter().any(|letter| *letter != b'=') || letters.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::new();
    for chunk in letters.chunks(4) {
        let mut bits = 0_u32;
        for letter in chunk {
            bits = bits << 6 | LETTERS.iter().position(|known| known == letter)? as u32;
        }
        bits <<= 6 * (4 - chunk.len());
        bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(chunk.len() - 1));
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_survive_their_encoding() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("#!/bin/bash\n", "IyEvYmluL2Jhc2gK")]
        {
            assert_eq!((encode(plain).as_str(), decode(encoded).as_deref()), (encoded, Some(plain)));
        }
        for wrong in ["#!/bin/bash", "Zg===", "Z", "Zg=x"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}

//! The two encodings of an RSA public key: SubjectPublicKeyInfo (RFC 5280 §4.1, RFC 3279 §2.3.1) and the
//! `RSAPublicKey` inside it (RFC 8017, A.1.1).
//!
//! Lengths may be written longer than they need be, as RFC 7468 §13 lets public keys be BER; they have to be definite.
//! Nothing may follow the values that are known.

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const NULL: u8 = 0x05;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// 1.2.840.113549.1.1.1, the name of keys that are for every kind of RSA signature.
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The encoding of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// SubjectPublicKeyInfo.
    Spki,
    /// `RSAPublicKey`.
    Pkcs1,
}

/// Modulus and exponent of a key in this encoding, big-endian; the sign of integers is not looked at, since there are
/// encoders that leave out the zero in front.
pub(super) fn rsa_public_key(encoding: Encoding, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let fields = only(der, SEQUENCE)?;
    match encoding {
        Encoding::Spki => rsa_public_key_fields(only(subject_public_key(fields)?, SEQUENCE)?),
        Encoding::Pkcs1 => rsa_public_key_fields(fields),
    }
}

/// The content of the bit string, from the fields of a SubjectPublicKeyInfo whose algorithm is `rsaEncryption`.
fn subject_public_key(fields: &[u8]) -> Option<&[u8]> {
    let (algorithm, rest) = value(fields, SEQUENCE)?;
    let (identifier, parameters) = value(algorithm, OBJECT_IDENTIFIER)?;
    let (&unused_bits, key) = only(rest, BIT_STRING)?.split_first()?;
    let without_parameters = parameters.is_empty() || only(parameters, NULL)?.is_empty();
    (identifier == RSA_ENCRYPTION && without_parameters && unused_bits == 0).then_some(key)
}

fn rsa_public_key_fields(fields: &[u8]) -> Option<(&[u8], &[u8])> {
    let (modulus, rest) = value(fields, INTEGER)?;
    Some((modulus, only(rest, INTEGER)?))
}

/// The content of the value with this tag that `input` consists of.
fn only(input: &[u8], tag: u8) -> Option<&[u8]> {
    let (content, rest) = value(input, tag)?;
    rest.is_empty().then_some(content)
}

/// The content of the value with this tag at the start of `input`, and what follows it.
fn value(input: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[found, first], rest) = input.split_first_chunk::<2>()?;
    if found != tag {
        return None;
    }
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (length, rest) = rest.split_at_checked(usize::from(first - 0x80))?;
            let length = length
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte));
            (length, rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rsa_public_key(der: &[u8]) -> Option<(&[u8], &[u8])> {
        let read = |encoding| super::rsa_public_key(encoding, der);
        let (spki, pkcs1) = (read(Encoding::Spki), read(Encoding::Pkcs1));
        assert!(spki.is_none() || pkcs1.is_none(), "no key is of both encodings");
        spki.or(pkcs1)
    }

    const MODULUS: [u8; 256] = [0xab; 256];
    const EXPONENT: [u8; 3] = [1, 0, 1];
    const NO_PARAMETERS: &[u8] = &[NULL, 0];

    /// A value whose length takes as few bytes as can be.
    fn encoded(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len().to_be_bytes();
        let zeros = length.iter().take_while(|byte| **byte == 0).count();
        let mut value = vec![tag];
        match &length[zeros..] {
            [] => value.push(0),
            [short @ 0..=0x7f] => value.push(*short),
            long => {
                value.push(0x80 + long.len().to_le_bytes()[0]);
                value.extend(long);
            }
        }
        [&value, content].concat()
    }

    /// A value whose length takes this many bytes.
    fn encoded_longer(bytes: u8, tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len().to_be_bytes();
        let length = &length[length.len() - usize::from(bytes)..];
        [&[tag, 0x80 + bytes], length, content].concat()
    }

    fn pkcs1() -> Vec<u8> {
        let modulus = encoded(INTEGER, &[&[0], &MODULUS[..]].concat());
        encoded(SEQUENCE, &[modulus, encoded(INTEGER, &EXPONENT)].concat())
    }

    fn algorithm(identifier: &[u8], parameters: &[u8]) -> Vec<u8> {
        let identifier = encoded(OBJECT_IDENTIFIER, identifier);
        encoded(SEQUENCE, &[&identifier, parameters].concat())
    }

    fn bits(unused: u8, key: &[u8]) -> Vec<u8> {
        encoded(BIT_STRING, &[&[unused], key].concat())
    }

    fn spki() -> Vec<u8> {
        let fields = [algorithm(RSA_ENCRYPTION, NO_PARAMETERS), bits(0, &pkcs1())];
        encoded(SEQUENCE, &fields.concat())
    }

    fn assert_read(der: &[u8]) {
        let (modulus, exponent) = rsa_public_key(der).unwrap_or_else(|| panic!("{der:x?}"));
        assert_eq!(modulus.strip_prefix(&[0]).unwrap_or(modulus), MODULUS, "{der:x?}");
        assert_eq!(exponent, EXPONENT, "{der:x?}");
    }

    #[test]
    fn both_encodings_are_read() {
        assert_read(&pkcs1());
        assert_read(&spki());
    }

    #[test]
    fn integers_without_the_zero_of_their_sign_are_read() {
        let fields = [encoded(INTEGER, &MODULUS), encoded(INTEGER, &EXPONENT)];
        assert_read(&encoded(SEQUENCE, &fields.concat()));
    }

    #[test]
    fn what_is_cut_off_is_no_key() {
        for whole in [pkcs1(), spki()] {
            for length in 0..whole.len() {
                assert_eq!(rsa_public_key(&whole[..length]), None, "{length}");
            }
        }
    }

    #[test]
    fn what_follows_or_is_missing_at_any_level_is_refused() {
        let rsa = algorithm(RSA_ENCRYPTION, NO_PARAMETERS);
        let key = bits(0, &pkcs1());
        let more = encoded(NULL, &[]);
        let numbers = [encoded(INTEGER, &MODULUS), encoded(INTEGER, &EXPONENT)];
        for der in [
            [pkcs1(), more.clone()].concat(),
            [spki(), more.clone()].concat(),
            [spki(), vec![0]].concat(),
            encoded(SEQUENCE, &[numbers.concat(), more.clone()].concat()),
            encoded(SEQUENCE, &numbers[0]),
            encoded(SEQUENCE, &[]),
            encoded(SEQUENCE, &rsa),
            encoded(SEQUENCE, &key),
            encoded(SEQUENCE, &[rsa.clone(), key.clone(), more.clone()].concat()),
            encoded(
                SEQUENCE,
                &[rsa.clone(), bits(0, &[pkcs1(), more.clone()].concat())].concat(),
            ),
            encoded(SEQUENCE, &[rsa.clone(), bits(0, &[])].concat()),
            encoded(SEQUENCE, &[rsa.clone(), encoded(BIT_STRING, &[])].concat()),
            // One inside the other.
            encoded(SEQUENCE, &[rsa, bits(0, &spki())].concat()),
        ] {
            assert_eq!(rsa_public_key(&der), None, "{der:x?}");
        }
    }

    #[test]
    fn only_rsa_encryption_without_parameters_is_the_algorithm() {
        const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
        const RSASSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
        const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
        const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
        let with = |algorithm: Vec<u8>| encoded(SEQUENCE, &[algorithm, bits(0, &pkcs1())].concat());
        for identifier in [
            EC_PUBLIC_KEY,
            RSASSA_PSS,
            SHA256_WITH_RSA,
            ED25519,
            &RSA_ENCRYPTION[..8],
            &[RSA_ENCRYPTION, &[1]].concat(),
            &[],
        ] {
            for parameters in [NO_PARAMETERS, &[]] {
                let der = with(algorithm(identifier, parameters));
                assert_eq!(rsa_public_key(&der), None, "{identifier:x?}");
            }
        }
        assert_read(&with(algorithm(RSA_ENCRYPTION, &[])));
        let p256 = encoded(
            OBJECT_IDENTIFIER,
            &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
        );
        for parameters in [
            p256,
            encoded(SEQUENCE, &[]),
            encoded(NULL, &[0]),
            [NULL, 0, NULL, 0].into(),
        ] {
            let der = with(algorithm(RSA_ENCRYPTION, &parameters));
            assert_eq!(rsa_public_key(&der), None, "{parameters:x?}");
        }
    }

    #[test]
    fn unused_bits_and_other_strings_are_refused() {
        let rsa = algorithm(RSA_ENCRYPTION, NO_PARAMETERS);
        for unused in 1..=u8::MAX {
            let der = encoded(SEQUENCE, &[rsa.clone(), bits(unused, &pkcs1())].concat());
            assert_eq!(rsa_public_key(&der), None, "{unused}");
        }
        let octets = encoded(0x04, &pkcs1());
        assert_eq!(rsa_public_key(&encoded(SEQUENCE, &[rsa, octets].concat())), None);
    }

    #[test]
    fn lengths_may_be_longer_than_they_need_be_and_have_to_be_definite() {
        let pkcs1 = |encoded: &dyn Fn(u8, &[u8]) -> Vec<u8>| {
            let numbers = [encoded(INTEGER, &MODULUS), encoded(INTEGER, &EXPONENT)];
            encoded(SEQUENCE, &numbers.concat())
        };
        let spki = |encoded: &dyn Fn(u8, &[u8]) -> Vec<u8>| {
            let algorithm = [encoded(OBJECT_IDENTIFIER, RSA_ENCRYPTION), encoded(NULL, &[])];
            let key = encoded(BIT_STRING, &[vec![0], pkcs1(encoded)].concat());
            encoded(SEQUENCE, &[encoded(SEQUENCE, &algorithm.concat()), key].concat())
        };
        for bytes in 2..=4 {
            let longer = |tag: u8, content: &[u8]| encoded_longer(bytes, tag, content);
            assert_read(&pkcs1(&longer));
            assert_read(&spki(&longer));
        }
        for bytes in 5..=8 {
            let longer = |tag: u8, content: &[u8]| encoded_longer(bytes, tag, content);
            assert_eq!(rsa_public_key(&pkcs1(&longer)), None);
            assert_eq!(rsa_public_key(&spki(&longer)), None);
        }
        let fields = [encoded(INTEGER, &MODULUS), encoded(INTEGER, &EXPONENT)].concat();
        for der in [
            [&[SEQUENCE, 0x80], &fields[..], &[0, 0]].concat(),
            [&[SEQUENCE, 0xff], &fields[..]].concat(),
            [&[SEQUENCE, 0x84, 0xff, 0xff, 0xff, 0xff], &fields[..]].concat(),
            vec![SEQUENCE, 0x84, 1, 1, 1, 1],
            vec![SEQUENCE, 0x03, INTEGER, 0x05, 0x01],
            vec![SEQUENCE, 0x82],
        ] {
            assert_eq!(rsa_public_key(&der), None, "{der:x?}");
        }
    }

    /// Whatever one byte of a key is changed to, it is read as a key or refused.
    #[test]
    fn no_changed_byte_is_a_reason_to_panic() {
        for whole in [pkcs1(), spki()] {
            let mut read = 0;
            for at in 0..whole.len() {
                for byte in 0..=u8::MAX {
                    let mut changed = whole.clone();
                    changed[at] = byte;
                    read += usize::from(rsa_public_key(&changed).is_some());
                }
            }
            // Each byte of the two numbers may be anything, and each other one is as it was.
            let numbers = 1 + MODULUS.len() + EXPONENT.len();
            assert_eq!(read, numbers * 256 + whole.len() - numbers);
        }
    }
}

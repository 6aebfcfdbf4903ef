//! Blocks of IPv4 addresses.
use std::fmt;
use std::net::Ipv4Addr;

/// A block of IPv4 addresses, such as `172.31.0.0/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    first: u32,
    prefix: u32,
}

impl Cidr {
    /// The block of this first address and this number of leading bits.
    pub(super) const fn new(first: [u8; 4], prefix: u32) -> Self {
        Cidr { first: u32::from_be_bytes(first), prefix }
    }

    /// The block that a text names. Bits behind the prefix must be zero.
    pub fn parse(text: &str) -> Option<Cidr> {
        let (address, prefix) = text.split_once('/')?;
        let (address, prefix) = (address.parse::<Ipv4Addr>().ok()?, prefix.parse().ok().filter(|bits| *bits <= 32)?);
        let block = Cidr { first: u32::from(address), prefix };
        (block.first & block.host_bits() == 0).then_some(block)
    }

    fn host_bits(self) -> u32 {
        u32::MAX.checked_shr(self.prefix).unwrap_or(0)
    }

    /// The number of leading bits that all its addresses share.
    pub fn prefix(self) -> u32 {
        self.prefix
    }

    /// How many addresses it has.
    pub fn size(self) -> u64 {
        u64::from(self.host_bits()) + 1
    }

    /// Whether the address lies in it.
    pub fn contains(self, address: Ipv4Addr) -> bool {
        u32::from(address) & !self.host_bits() == self.first
    }

    /// Whether the other block lies in it.
    pub fn holds(self, other: Cidr) -> bool {
        self.prefix <= other.prefix && self.contains(Ipv4Addr::from(other.first))
    }

    /// Whether they share an address.
    pub fn overlaps(self, other: Cidr) -> bool {
        self.holds(other) || other.holds(self)
    }

    /// The address so many places after the first, as long as it lies in the block.
    pub fn address(self, place: u64) -> Ipv4Addr {
        Ipv4Addr::from(self.first | (place as u32 & self.host_bits()))
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", Ipv4Addr::from(self.first), self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_knows_its_addresses() {
        let block = Cidr::parse("172.31.16.0/20").expect("a block");
        assert_eq!((block.size(), block.address(300).to_string().as_str()), (4096, "172.31.17.44"));
        assert!(Cidr::new([172, 31, 0, 0], 16).holds(block) && !block.holds(Cidr::new([172, 31, 0, 0], 16)));
        assert!(block.overlaps(Cidr::new([172, 31, 0, 0], 16)));
        assert_eq!(block.to_string(), "172.31.16.0/20");
        assert_eq!(Cidr::parse("0.0.0.0/0").map(Cidr::size), Some(1 << 32));
        for wrong in ["172.31.16.1/20", "172.31.0.0/33", "172.31.0.0", "x/8"] {
            assert_eq!(Cidr::parse(wrong), None, "{wrong}");
        }
    }
}

//! How fast the lab simulates: `cargo bench --no-default-features`.
//!
//! Each line is the median of several runs in CPU time, so that a busy machine disturbs little; what is compared runs in turn within one
//! call, and the ratios are what to look at. `cargo bench --no-default-features -- NAME` runs the parts whose name contains NAME.
mod bare;
mod clock;
mod memory;
mod parts;
mod scene;

use clock::Rounds;

/// A part of the benchmark under its name.
type Part = (&'static str, fn(&Rounds));

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let parts: [Part; 6] = [
        ("w1", parts::round_robin_beside_the_bare_recursion),
        ("engines", parts::both_engines),
        ("growth", parts::growth_with_instances),
        ("w3", parts::a_day_with_the_whole_model),
        ("cascade", parts::a_retry_storm),
        ("memory", memory::a_month_of_a_hundred_instances),
    ];
    for (name, part) in parts {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            part(&Rounds::default());
        }
    }
}

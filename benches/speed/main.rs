//! How fast the lab simulates: `cargo bench --no-default-features` natively, `cargo lab bench` in browsers.
//!
//! Each line is the median of several runs, natively in CPU time, so that a busy machine disturbs little; what is compared runs in turn
//! within one call, and the ratios are what to look at. `cargo bench --no-default-features -- NAME` runs the parts whose name contains NAME.
mod bits;
mod clock;
mod machine;
mod memory;
mod parts;
#[path = "../../tests/common/random_sessions.rs"]
mod random_sessions;
mod scene;

use clock::Rounds;

/// Names the parts: natively a list for the command line, in wasm a test each, which the page runs.
macro_rules! parts {
    ($($name:ident: $part:path,)*) => {
        #[cfg(not(target_arch = "wasm32"))]
        const PARTS: &[(&str, fn(&Rounds))] = &[$((stringify!($name), $part),)*];

        #[cfg(target_arch = "wasm32")]
        mod page {
            wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
            $(
                #[wasm_bindgen_test::wasm_bindgen_test]
                fn $name() {
                    $part(&crate::Rounds::default());
                }
            )*
        }
    };
}

parts! {
    w1: crate::parts::round_robin_beside_the_bare_recursion,
    engines: crate::parts::both_engines,
    growth: crate::parts::growth_with_instances,
    w3: crate::parts::a_day_with_the_whole_model,
    cascade: crate::parts::a_retry_storm,
    memory: crate::memory::a_month_of_a_hundred_instances,
    bits: crate::bits::two_hundred_random_sessions,
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (name, part) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            part(&Rounds::default());
        }
    }
}

/// The page calls the parts themselves.
#[cfg(target_arch = "wasm32")]
fn main() {}

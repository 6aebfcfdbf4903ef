//! The simulation never blocks the page, and the speed that is shown is the one that is reached.
use scaling_lab::ui::kept::View;
use scaling_lab::ui::pace::Speed;

use crate::harness::{Browser, Find};
use crate::scene::{Scene, Sizes};

/// How many stretches are looked at: a busy machine may disturb some of them, but it does not disturb all in the same way.
const STRETCHES: usize = 4;

/// A crowd before a group of so many instances, as the page is shown it.
pub fn shows_at_full_speed(page: &Browser, instances: i64, requests_per_second: u64) {
    shows_at(page, Speed::X600, (instances, requests_per_second));
}

fn shows_at(page: &Browser, speed: Speed, (instances, requests_per_second): (i64, u64)) {
    let mut scene = Scene::with_group(Sizes { min: instances, desired: instances, max: instances });
    scene.send(requests_per_second);
    scene.pass(60);
    scene.show(page, &View { speed, is_running: true, ..View::default() });
}

/// What two seconds of watching the page tell.
#[derive(Debug)]
struct Watched {
    /// The longest task in milliseconds; 0 if none is longer than 50.
    longest_task: f64,
    /// How many times faster than the wall clock simulated time went by.
    factor: f64,
    frames_per_second: f64,
}

fn watch(page: &Browser) -> Watched {
    let start = "window.tasks = []; window.watcher?.disconnect(); \
        window.watcher = new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((one) => one.duration))); \
        window.watcher.observe({ entryTypes: ['longtask'] }); \
        window.pictures = []; cancelAnimationFrame(window.next); \
        const count = (moment) => { window.pictures.push(moment); window.next = requestAnimationFrame(count); }; \
        window.next = requestAnimationFrame(count); window.watchedFrom = performance.now();";
    page.execute(start, &[]);
    let (clock, began) = (seconds(page), now(page));
    page.wait_until("two seconds have passed", |page| {
        page.execute("return performance.now() - window.watchedFrom > 2000", &[]) == true
    });
    let factor = (seconds(page) - clock) / ((now(page) - began) / 1_000.0);
    let longest_task = number(page, "return Math.max(0, ...window.tasks)");
    let rate = "return 1000 * (window.pictures.length - 1) / (window.pictures.at(-1) - window.pictures[0])";
    Watched { longest_task, factor, frames_per_second: number(page, rate) }
}

fn now(page: &Browser) -> f64 {
    number(page, "return performance.now()")
}

/// The number that a script gives.
pub fn number(page: &Browser, script: &str) -> f64 {
    page.execute(script, &[]).as_f64().expect("a number")
}

/// The simulated moment in seconds, as the clock shows it.
fn seconds(page: &Browser) -> f64 {
    let text = page.execute("return document.querySelector('.clock').innerText", &[]);
    let numbers: Vec<f64> = text
        .as_str()
        .unwrap_or_default()
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let [day, hour, minute, second] = numbers[..] else { panic!("the clock shows {text}") };
    ((day * 24.0 + hour) * 60.0 + minute) * 60.0 + second
}

#[test]
#[ignore = "a measurement, for a quiet machine: `cargo lab bench --only page`"]
fn no_task_blocks_the_page_while_visitors_come_at_six_hundred_times() {
    let page = Browser::open("/");
    shows_at_full_speed(&page, 6, 100);
    let longest: Vec<f64> = (0..STRETCHES).map(|_| watch(&page).longest_task).collect();
    assert!(longest.contains(&0.0), "each stretch had a task of more than 50 ms: {longest:?}");
    page.assert_no_console_errors();
}

/// Watches a group of so many instances with a thousand requests a second, and prints the figures, which `cargo lab bench` shows.
fn watch_a_thousand_requests(page: &Browser, instances: i64) -> Vec<Watched> {
    shows_at_full_speed(page, instances, 1_000);
    let watched: Vec<Watched> = (0..STRETCHES).map(|_| watch(page)).collect();
    println!(
        "\nThe page at 600x with {instances} instances and 1,000 requests a second (pledged with 40: 60 frames a second, no task over 50 ms)"
    );
    for Watched { longest_task, factor, frames_per_second } in &watched {
        let tasks =
            if *longest_task > 0.0 { format!("a task of {longest_task:.0} ms") } else { "no task over 50 ms".into() };
        println!("  {frames_per_second:.1} frames a second, {tasks}, time goes {factor:.0} times as fast");
    }
    let told = page.find(".shortfall");
    println!("  the page says: {}", if told.exists() { told.text() } else { "nothing, the speed is reached".into() });
    page.assert_no_console_errors();
    watched
}

#[test]
#[ignore = "a measurement, for a quiet machine: `cargo lab bench --only page`"]
fn forty_instances_with_a_thousand_requests_a_second_run_smoothly_at_six_hundred_times() {
    let watched = watch_a_thousand_requests(&Browser::open("/"), 40);
    assert!(
        watched.iter().any(|one| one.longest_task == 0.0),
        "each stretch had a task of more than 50 ms: {watched:?}"
    );
    assert!(watched.iter().any(|one| one.frames_per_second > 45.0), "no stretch was smooth: {watched:?}");
}

/// Nothing is pledged for so many: the figures are only shown.
#[test]
#[ignore = "a measurement, for a quiet machine: `cargo lab bench --only page`"]
fn a_hundred_and_twenty_instances_with_a_thousand_requests_a_second_run_at_six_hundred_times() {
    watch_a_thousand_requests(&Browser::open("/"), 120);
}

/// The most that the account's quota of virtual CPUs allows: about 130 instances.
#[test]
#[ignore = "a measurement, for a quiet machine: `cargo lab bench --only page`"]
fn single_requests_walk_smoothly_to_more_than_a_hundred_instances_at_real_time() {
    let page = Browser::open("/");
    shows_at(&page, Speed::X1, (200, 1_500));
    page.find_text("Each dot is one request").wait();
    let watched: Vec<Watched> = (0..STRETCHES).map(|_| watch(&page)).collect();
    println!("\nThe map at real time with more than a hundred instances: {watched:?}");
    assert!(
        watched.iter().any(|one| one.longest_task == 0.0),
        "each stretch had a task of more than 50 ms: {watched:?}"
    );
    page.assert_no_console_errors();
}

#[test]
fn a_speed_that_is_not_reached_is_not_claimed() {
    let page = Browser::open("/");
    // The most that a stream may send, six hundred times as fast: no machine does that in half of its time.
    shows_at_full_speed(&page, 6, 100_000);
    page.find_text("running at").wait();
    let told: Vec<(f64, f64)> = (0..STRETCHES).map(|_| (watch(&page).factor, claimed(&page))).collect();
    let is_honest = |(reached, claimed): &(f64, f64)| (0.5..=2.0).contains(&(reached / claimed.max(1.0)));
    assert!(told.iter().any(is_honest), "reached and claimed: {told:?}");
    assert!(told.iter().all(|(reached, _)| *reached < 600.0), "{told:?}");
    page.assert_no_console_errors();
}

/// The factor in `running at 210× of 600×`.
fn claimed(page: &Browser) -> f64 {
    let text = page.find(".shortfall").text();
    let number = text.trim_start_matches("running at ").split('×').next().and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("the page says {text}"))
}

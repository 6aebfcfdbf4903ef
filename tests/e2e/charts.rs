//! The charts on screens of every density.
use serde_json::Value;

use crate::harness::{Browser, Emulation};
use crate::scene::{Scene, Sizes, still};

/// For each canvas: its width and height in pixels of its own, in CSS pixels, and how many of its pixels are painted.
const CANVASES: &str = "return [...document.querySelectorAll('.plot canvas')].map((canvas) => { \
    const box = canvas.getBoundingClientRect(); \
    const data = canvas.getContext('2d').getImageData(0, 0, Math.max(1, canvas.width), Math.max(1, canvas.height)).data; \
    let painted = 0; \
    for (let index = 3; index < data.length; index += 4) painted += data[index] > 0; \
    return [canvas.width, canvas.height, box.width, box.height, painted]; })";

/// Requests, CPU, instances, response time, credits, cost per hour, cost so far.
const CHARTS: usize = 7;

fn numbers(canvas: &Value) -> Vec<f64> {
    canvas.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn is_crisp(canvas: &Value, ratio: f64) -> bool {
    let [width, height, css_width, css_height, painted] = numbers(canvas)[..] else { return false };
    // The browser rounds to whole pixels, on one side or the other.
    let fits = |pixels: f64, css: f64| (pixels - css * ratio).abs() <= 1.0;
    fits(width, css_width) && fits(height, css_height) && painted > 500.0
}

#[test]
fn charts_have_a_pixel_for_each_pixel_of_the_screen_at_every_ratio() {
    let page = Browser::open("/");
    let mut scene = Scene::with_group(Sizes { min: 1, desired: 2, max: 6 });
    scene.send(20);
    scene.pass(600);
    scene.show(&page, &still());
    // All charts are in sight: one that is not need not be painted.
    page.window_size(1_440, 2_800);
    for ratio in [1.0, 2.0, 3.0] {
        page.emulate(Emulation { device_pixel_ratio: ratio, ..Emulation::default() });
        // A screen that is only imitated does not tell of its change: the page looks when it starts.
        page.reload();
        page.wait_until(&format!("the charts are crisp at {ratio}"), |page| {
            let canvases = page.execute(CANVASES, &[]);
            let canvases = canvases.as_array().cloned().unwrap_or_default();
            canvases.len() == CHARTS && canvases.iter().all(|canvas| is_crisp(canvas, ratio))
        });
    }
    page.assert_no_console_errors();
}

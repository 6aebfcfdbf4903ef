//! What the browser says about a canvas or another element: its size in device pixels, and whether it can be seen.
use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, ResizeObserver, ResizeObserverBoxOptions,
    ResizeObserverEntry, ResizeObserverOptions, ResizeObserverSize,
};

use crate::ui::browser::device_pixel_ratio;

/// The size of a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// In CSS pixels.
    pub width: f64,
    /// In CSS pixels.
    pub height: f64,
    /// In device pixels.
    pub device_width: u32,
    /// In device pixels.
    pub device_height: u32,
    /// Device pixels for each CSS pixel.
    pub ratio: f64,
}

/// Watches an element for as long as it lives.
pub struct Surface {
    size: Rc<Cell<Option<Size>>>,
    is_visible: Rc<Cell<bool>>,
    resize: ResizeObserver,
    intersection: IntersectionObserver,
    _on_resize: Closure<dyn FnMut(Array)>,
    _on_intersection: Closure<dyn FnMut(Array)>,
}

impl Surface {
    /// Watches `element`; calls `on_change` when its size changes and when it comes into view.
    pub fn watch(element: &Element, on_change: Rc<dyn Fn()>) -> Option<Self> {
        let (size, is_visible) = (Rc::new(Cell::new(None)), Rc::new(Cell::new(false)));
        let on_resize = remember(Rc::clone(&size), Rc::clone(&on_change), |entry| measured(entry.unchecked_ref()));
        let on_intersection = remember(Rc::clone(&is_visible), on_change, |entry| {
            entry.unchecked_ref::<IntersectionObserverEntry>().is_intersecting()
        });
        let resize = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        let intersection = IntersectionObserver::new(on_intersection.as_ref().unchecked_ref()).ok()?;
        observe_device_pixels(&resize, element);
        intersection.observe(element);
        Some(Surface {
            size,
            is_visible,
            resize,
            intersection,
            _on_resize: on_resize,
            _on_intersection: on_intersection,
        })
    }

    /// The size, once the browser has told it and if there is anything to draw on.
    pub fn size(&self) -> Option<Size> {
        self.size.get().filter(|size| size.device_width > 0 && size.device_height > 0)
    }

    /// Whether some of it can be seen.
    pub fn is_visible(&self) -> bool {
        self.is_visible.get()
    }
}

impl Drop for Surface {
    fn drop(&mut self) {
        self.resize.disconnect();
        self.intersection.disconnect();
    }
}

/// A callback that keeps what the latest entry of an observer says.
fn remember<T: 'static>(
    kept: Rc<Cell<T>>,
    on_change: Rc<dyn Fn()>,
    read: impl Fn(&JsValue) -> T + 'static,
) -> Closure<dyn FnMut(Array)> {
    Closure::new(move |entries: Array| {
        let latest = entries.get(entries.length().saturating_sub(1));
        kept.set(read(&latest));
        on_change();
    })
}

/// Asks for device pixels, which change with the zoom too; a browser that does not know them tells CSS pixels.
fn observe_device_pixels(observer: &ResizeObserver, element: &Element) {
    let options = ResizeObserverOptions::new();
    options.set_box(ResizeObserverBoxOptions::DevicePixelContentBox);
    let observe = js_sys::Function::from(Reflect::get(observer, &"observe".into()).unwrap_or_default());
    if observe.call2(observer, element, &options).is_err() {
        observer.observe(element);
    }
}

fn measured(entry: &ResizeObserverEntry) -> Option<Size> {
    let content = entry.content_rect();
    let (width, height) = (content.width(), content.height());
    let ratio = device_pixel_ratio();
    let rounded = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    let exact = device_size(entry).filter(|exact| is_near(*exact, rounded));
    let (device_width, device_height) = exact.unwrap_or(rounded);
    Some(Size { width, height, device_width, device_height, ratio })
}

/// A screen that is only imitated has a ratio that its device pixels do not know of: then the ratio counts.
fn is_near(exact: (u32, u32), rounded: (u32, u32)) -> bool {
    exact.0.abs_diff(rounded.0) <= 2 && exact.1.abs_diff(rounded.1) <= 2
}

fn device_size(entry: &ResizeObserverEntry) -> Option<(u32, u32)> {
    let sizes = Reflect::get(entry, &"devicePixelContentBoxSize".into()).ok()?;
    let size: ResizeObserverSize = sizes.dyn_into::<Array>().ok()?.get(0).dyn_into().ok()?;
    Some((size.inline_size() as u32, size.block_size() as u32))
}

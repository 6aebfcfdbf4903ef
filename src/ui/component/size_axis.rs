//! The fewest, wanted and most of something, as three handles on one axis.
use leptos::prelude::*;

/// The names of the handles.
const NAMES: [&str; 3] = ["Min", "Desired", "Max"];
/// The axis is at least so long, and grows with the largest value.
const LEAST: i64 = 12;

/// Three handles on one axis; each pushes the others along, so that they keep their order. Arrow keys move the handle with the focus.
#[component]
pub fn SizeAxis(
    /// The drafts: fewest, wanted, most.
    values: [RwSignal<String>; 3],
) -> impl IntoView {
    let number = move |index: usize| values[index].with(|text| text.trim().parse::<i64>().unwrap_or(0));
    // It grows with what is typed, but does not shrink while a handle is dragged.
    let end = Memo::new(move |before: Option<&i64>| {
        let most = (0..3).map(number).max().unwrap_or(0);
        let room = if most <= LEAST { LEAST } else { (most * 3 / 20 + 1) * 10 };
        before.copied().unwrap_or(0).max(room)
    });
    let push = move |moved: usize, to: i64| {
        for (index, value) in values.iter().enumerate() {
            let now = value.with_untracked(|text| text.trim().parse::<i64>().unwrap_or(0));
            let wanted = match index.cmp(&moved) {
                std::cmp::Ordering::Less => now.min(to),
                std::cmp::Ordering::Equal => to,
                std::cmp::Ordering::Greater => now.max(to),
            };
            if wanted != now || index == moved {
                value.set(wanted.to_string());
            }
        }
    };
    let handle = move |index: usize| {
        view! {
            <input
                type="range"
                min="0"
                max=move || end.get().to_string()
                data-handle=NAMES[index]
                aria-label=format!("{} instances", NAMES[index])
                prop:value=move || number(index).to_string()
                on:input:target=move |event| push(index, event.target().value().parse().unwrap_or(0))
            />
        }
    };
    let share = move |index: usize| format!("{}%", 100 * number(index).clamp(0, end.get()) / end.get().max(1));
    view! {
        <div class="size-axis" style:--min=move || share(0) style:--desired=move || share(1) style:--max=move || share(2)>
            <div class="size-axis-track" aria-hidden="true"></div>
            {(0..3).map(handle).collect_view()}
            <div class="size-axis-ends" aria-hidden="true"><span>"0"</span><span>{move || end.get()}</span></div>
        </div>
    }
}

//! What the lines and the moving dots of the map mean, and in words what became of the latest request.
use leptos::prelude::*;

use super::wires::Traffic;
use crate::ui::lab::Lab;

/// The legend; nothing as long as there are no requests.
#[component]
pub(super) fn Legend(traffic: Traffic) -> impl IntoView {
    let has_requests = Memo::new(move |_| {
        traffic.map.with(|map| map.visitors.iter().any(|visitors| visitors.requests_per_second > 0))
    });
    let legend = move || match (traffic.is_slow.get(), traffic.is_still.get()) {
        (true, false) => singles(traffic.one_of),
        (true, true) => {
            view! { <span>"Nothing moves, as your system asks: the numbers stand for the requests."</span> }.into_any()
        }
        (false, _) => {
            view! { <span>"The wider a line, the more requests a second. At 1× you can follow them one by one."</span> }
                .into_any()
        }
    };
    view! {
        <Show when=move || has_requests.get()>
            <p class="map-legend">{legend}</p>
            <Show when=move || traffic.is_slow.get()>
                <Latest traffic=traffic />
            </Show>
        </Show>
    }
}

fn singles(one_of: Memo<u64>) -> AnyView {
    let what = move || match one_of.get() {
        0 | 1 => "Each dot is one request.".to_owned(),
        many => format!("Each dot is one request; 1 of {many} is shown."),
    };
    let marks = [("sent", "on its way"), ("good", "answered"), ("bad", "failed")];
    let mark = |(look, word): (&'static str, &'static str)| {
        view! { <span class="map-mark" data-look=look>{word}</span> }
    };
    view! { <span>{what}</span> {marks.map(mark).collect_view()} }.into_any()
}

#[component]
fn Latest(traffic: Traffic) -> impl IntoView {
    let latest = Lab::get().view(move |session, _| traffic.map.with_untracked(|map| map.latest_answer(session)));
    let text = move || match latest.get() {
        none if none.is_empty() => "no request has come back yet".to_owned(),
        text => text,
    };
    view! { <p class="map-latest">"Latest: "{text}</p> }
}

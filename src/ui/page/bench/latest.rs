//! What happened last, under the charts.
use leptos::prelude::*;

use crate::projection::events;
use crate::ui::component::{ButtonLink, Card};
use crate::ui::lab::Lab;
use crate::ui::page::list::event_table;
use crate::ui::route::{Route, Section};

/// How many events the bench shows.
const SHOWN: usize = 8;

/// The latest events of the region.
#[component]
pub fn LatestCard() -> impl IntoView {
    let rows = Lab::get().view(|session, region| events::latest(session, region, SHOWN));
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let all = || view! { <ButtonLink label="All activity" to=Route::List(Section::Activity) /> };
    let card = move || {
        view! { <Card title="What happened last" actions=all>{event_table(rows.into())}</Card> }
    };
    move || (!is_empty.get()).then(card)
}

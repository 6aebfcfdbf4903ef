//! What happened last, under the charts.
use leptos::prelude::*;

use crate::ui::component::{ButtonLink, Card};
use crate::ui::page::list::event_table;
use crate::ui::route::{Route, Section};

/// The latest events of the region.
#[component]
pub fn LatestCard() -> impl IntoView {
    let all = || view! { <ButtonLink label="All activity" to=Route::List(Section::Activity) /> };
    view! { <Card title="What happened last" actions=all>{event_table()}</Card> }
}

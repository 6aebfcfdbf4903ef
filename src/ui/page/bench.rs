//! The bench: the map, the charts, the traffic.
use leptos::prelude::*;

use crate::ui::component::{ButtonKind, ButtonLink, Card, EmptyState, Icon, PageHeader};
use crate::ui::route::{Route, Section};

/// The bench.
#[component]
pub fn Bench() -> impl IntoView {
    view! {
        <PageHeader title="Bench".to_owned() note="Your servers, the visitors you send them, and what comes of it.".to_owned() />
        <Card title="Map">
            <EmptyState
                icon=Icon::Bench
                title="Nothing runs yet"
                text="Launch a server, put it behind a load balancer, and send it visitors. The map fills as you go."
            >
                <ButtonLink label="Launch instance" to=Route::Create(Section::Instances) kind=ButtonKind::Primary icon=Icon::Plus />
            </EmptyState>
        </Card>
    }
}

//! Where the newcomer is, and where to go from here.
use leptos::prelude::*;

use crate::session::Timeline;
use crate::ui::component::{Button, ButtonKind, ButtonLink, Card, Icon};
use crate::ui::lab::{Lab, SEED};
use crate::ui::route::Route;
use crate::ui::welcome::Welcome;

/// The card; nothing once it was closed.
#[component]
pub fn WelcomeCard() -> impl IntoView {
    let (welcome, lab) = (Welcome::get(), Lab::get());
    let empty = move || {
        lab.replace(Timeline::new(SEED));
        welcome.close();
    };
    view! {
        <Show when=move || welcome.is_open().get()>
            <Card title="A shop on AWS, already open">
                <p>
                    "Visitors come in waves. A load balancer spreads them over the servers, and an Auto Scaling group adds servers and takes them away again. "
                    "Watch the map and the charts for a minute, then change something, or begin with the first lesson."
                </p>
                <div class="row-actions">
                    <ButtonLink label="Start the lessons" to=Route::Lessons kind=ButtonKind::Primary />
                    <Button label="Empty account" on_press=empty />
                    <Button label="Keep watching" icon=Icon::Close kind=ButtonKind::Quiet on_press=move || welcome.close() />
                </div>
            </Card>
        </Show>
    }
}

//! The bar on top of every page.
use leptos::prelude::*;

use super::clock::Clock;
use super::restart::RestartButton;
use super::theme_button::ThemeButton;
use super::transport::Transport;
use crate::cloud::REGIONS;
use crate::ui::component::{Icon, IconImage};
use crate::ui::lab::Lab;

/// The bar: navigation button, name, region, clock, speed, theme.
#[component]
pub fn TopBar(nav_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <header class="top-bar">
            <NavButton open=nav_open />
            <a class="logo" href="#/">
                <LogoMark />
                <span>"Scaling Lab"</span>
            </a>
            <RegionSelect />
            <Clock />
            <Transport />
            <div class="top-bar-end">
                <RestartButton />
                <ThemeButton />
            </div>
        </header>
    }
}

#[component]
fn NavButton(open: RwSignal<bool>) -> impl IntoView {
    let icon = Signal::derive(move || if open.get() { Icon::Close } else { Icon::Menu });
    view! {
        <button
            type="button"
            class="button nav-button"
            data-kind="quiet"
            data-icon-only=""
            aria-expanded=move || open.get().to_string()
            aria-controls="navigation"
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <IconImage icon=icon />
            <span class="visually-hidden">"Navigation"</span>
        </button>
    }
}

#[component]
fn LogoMark() -> impl IntoView {
    view! {
        <svg class="logo-mark" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <rect x="1" y="11" width="4" height="8" rx="1" />
            <rect x="8" y="6" width="4" height="13" rx="1" />
            <rect x="15" y="1" width="4" height="18" rx="1" />
        </svg>
    }
}

#[component]
fn RegionSelect() -> impl IntoView {
    let region = Lab::get().region();
    let option = |info: &crate::cloud::RegionInfo| {
        let name = info.name;
        view! { <option value=name prop:selected=move || region.with(|region| region == name)>{format!("{name} · {}", info.place)}</option> }
    };
    let options = REGIONS.iter().map(option).collect_view();
    view! {
        <label class="region-select">
            <span class="visually-hidden">"Region"</span>
            <select on:change:target=move |event| region.set(event.target().value())>{options}</select>
        </label>
    }
}

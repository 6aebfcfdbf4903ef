//! Chooses another branch to compare this one with.
use leptos::prelude::*;

use crate::projection::time_bar::BranchRow;
use crate::ui::browser::location;
use crate::ui::component::{Choice, SelectField};
use crate::ui::lab::Lab;
use crate::ui::route::Route;

/// Compares this branch with another; the bench shows how it went.
#[component]
pub fn CompareForm(rows: Memo<Vec<BranchRow>>, open: RwSignal<bool>) -> impl IntoView {
    let lab = Lab::get();
    let others = Signal::derive(move || {
        let others = rows.get().into_iter().filter(|row| !row.is_current);
        others.map(|row| Choice::new(row.id.0.to_string(), row.name)).collect::<Vec<_>>()
    });
    let first = others.with_untracked(|others| others.first().map(|choice| choice.value.clone()));
    let other = RwSignal::new(first.unwrap_or_default());
    let compare = move || {
        let id = other.get_untracked();
        let chosen = rows.with_untracked(|rows| rows.iter().map(|row| row.id).find(|known| known.0.to_string() == id));
        let Some(chosen) = chosen else { return };
        if super::branches::tell(lab.compare_with(chosen)) {
            open.set(false);
            location::go(&Route::Bench.to_string());
        }
    };
    view! {
        <form class="branch-form" aria-label="Compare" on:submit=move |event| { event.prevent_default(); compare() }>
            <SelectField label="Compare this branch with" value=other choices=others />
            <button type="submit" class="button" data-kind="primary">"Compare"</button>
        </form>
    }
}

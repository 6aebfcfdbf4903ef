//! The branches: where they come from, going to one, its name, and two of them side by side.
use leptos::prelude::*;

use super::compare::CompareForm;
use crate::projection::time_bar::{BranchRow, TimeBar, branches};
use crate::session::timeline::BranchId;
use crate::ui::component::{Button, ButtonKind, Dialog, Icon, Notices, TextField};
use crate::ui::lab::Lab;

/// A button that names the branch and opens the list of all.
#[component]
pub fn BranchButton(bar: Memo<TimeBar>) -> impl IntoView {
    let open = RwSignal::new(false);
    let label = Signal::derive(move || {
        bar.with(|bar| match bar.branches {
            1 => format!("Branch: {}", bar.branch),
            many => format!("Branch: {} of {many}", bar.branch),
        })
    });
    view! {
        <span class="branch-button"><Button label=label icon=Icon::Branch on_press=move || open.set(true) /></span>
        <Dialog title=Signal::stored("Branches".to_owned()) open=open><Branches open=open /></Dialog>
    }
}

#[component]
fn Branches(open: RwSignal<bool>) -> impl IntoView {
    let rows = Lab::get().view_of_time(|timeline, _| branches(timeline));
    let items = move || {
        let last = rows.with(|rows| rows.last().map(|row| row.id));
        rows.get().into_iter().map(|row| branch(Some(row.id) == last, row, open)).collect_view()
    };
    let has_several = Memo::new(move |_| rows.with(|rows| rows.len() > 1));
    view! {
        <p>"Go back in time and change something: that begins a branch, and the other future stays as it was. A reload keeps the branch that is shown."</p>
        <ul class="branches" aria-label="Branches">{items}</ul>
        <RenameForm rows=rows />
        <Show when=move || has_several.get()><CompareForm rows=rows open=open /></Show>
    }
}

fn branch(is_last: bool, row: BranchRow, open: RwSignal<bool>) -> AnyView {
    let lab = Lab::get();
    let id = row.id;
    let go = move || {
        if tell(lab.switch(id)) {
            open.set(false);
        }
    };
    let action = if row.is_current {
        view! { <small>"You are here"</small> }.into_any()
    } else {
        view! { <Button label=format!("Go to {}", row.name) on_press=go /> }.into_any()
    };
    // A branch that others left cannot go: the newest one can.
    let is_removable = is_last && id != BranchId(0) && !row.is_current;
    let remove = is_removable.then(|| {
        view! { <Button label=format!("Remove {}", row.name) icon=Icon::Trash icon_only=true kind=ButtonKind::Quiet on_press=move || { tell(lab.remove_last_branch()); } /> }
    });
    view! {
        <li aria-current=row.is_current.then_some("true")>
            <span><b>{row.name.clone()}</b><small>{row.origin.clone()}" up to "{row.end.clone()}</small></span>
            {action}
            {remove}
        </li>
    }
    .into_any()
}

/// Shows a refusal; says whether there was none.
pub(super) fn tell<T>(done: Result<T, crate::api::ApiError>) -> bool {
    let notices: Notices = expect_context();
    done.map_err(|refusal| notices.bad(refusal.code, refusal.message)).is_ok()
}

#[component]
fn RenameForm(rows: Memo<Vec<BranchRow>>) -> impl IntoView {
    let lab = Lab::get();
    let current = move || rows.with_untracked(|rows| rows.iter().find(|row| row.is_current).cloned());
    let name = RwSignal::new(current().map(|row| row.name).unwrap_or_default());
    let rename = move || {
        if let Some(row) = current() {
            tell(lab.rename(row.id, &name.get_untracked()));
        }
    };
    view! {
        <form class="branch-form" aria-label="Name of this branch" on:submit=move |event| { event.prevent_default(); rename() }>
            <TextField label="Name of this branch" value=name />
            <button type="submit" class="button">"Rename"</button>
        </form>
    }
}

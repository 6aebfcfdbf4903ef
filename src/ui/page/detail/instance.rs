//! An instance: what it is, its image, its page.
use leptos::prelude::*;

use super::page_of;
use crate::api::lab::WriteFileRequest;
use crate::cloud::ec2::disk::INDEX_PAGE;
use crate::form::{Faults, ImageDraft, field};
use crate::projection::console::{self, InstanceRow};
use crate::ui::component::{Card, Cell, Fact, Facts, Notices, TextField};
use crate::ui::lab::Lab;
use crate::ui::page::form::{FormState, FormSummary, text};
use crate::ui::page::list::instance_actions;
use crate::ui::page::words::instance_state;
use crate::ui::route::{Route, Section};

pub(super) fn page(id: String) -> AnyView {
    page_of((Section::Instances, id), console::instances, |row| &row.id, cards)
}

fn cards(row: Signal<InstanceRow>) -> AnyView {
    let id = row.with_untracked(|row| row.id.clone());
    let actions = move || instance_actions(&id, false);
    view! {
        <Card title="Instance summary" actions=actions>
            <Facts facts=Signal::derive(move || row.with(facts)) />
        </Card>
        <div class="card-grid">
            <ImageCard row=row />
            <FilesCard row=row />
        </div>
    }
    .into_any()
}

fn facts(row: &InstanceRow) -> Vec<Fact> {
    let group = match row.group.as_str() {
        "" => Cell::fact(""),
        group => Cell::Link(Route::Detail(Section::Groups, group.to_owned()), group.to_owned()),
    };
    vec![
        ("Instance state", Cell::State(instance_state(row.state, ""), row.state.to_owned())),
        ("Name", Cell::fact(&row.name)),
        ("Server", Cell::fact(row.server)),
        ("Public IPv4 address", Cell::fact(&row.public_ip)),
        ("Elastic IP address", Cell::fact(if row.is_elastic { row.public_ip.as_str() } else { "" })),
        ("Private IPv4 address", Cell::fact(&row.private_ip)),
        ("Instance type", Cell::fact(row.instance_type)),
        ("AMI ID", Cell::fact(&row.image_id)),
        ("Availability Zone", Cell::fact(&row.zone)),
        ("Auto Scaling group", group),
    ]
}

#[component]
fn ImageCard(row: Signal<InstanceRow>) -> impl IntoView {
    let lab = Lab::get();
    let state = FormState::default();
    let name = text("web-v1");
    let create = move || {
        let draft = ImageDraft { instance_id: row.with_untracked(|row| row.id.clone()), name: name.get_untracked() };
        let made = draft
            .read()
            .and_then(|request| lab.submit(request).map_err(|refusal| Faults::of_refusal(&refusal, ImageDraft::WORDS)));
        if let Ok(made) = &made {
            let notices: Notices = expect_context();
            notices.good("Creating the image", format!("{} is pending.", made.image_id));
        }
        state.show(made.err());
    };
    view! {
        <Card title="Create image" note="The instance restarts, so that its files are whole.".to_owned()>
            <form class="form form-place" aria-label="Create image" novalidate on:submit=move |event| { event.prevent_default(); create() }>
                <TextField label=field::IMAGE_NAME value=name error=state.at(field::IMAGE_NAME) />
                <FormSummary state=state />
                <button type="submit" class="button">"Create image"</button>
            </form>
        </Card>
    }
}

#[component]
fn FilesCard(row: Signal<InstanceRow>) -> impl IntoView {
    let lab = Lab::get();
    let page = RwSignal::new(row.with_untracked(|row| row.page.trim().to_owned()));
    let write = move || {
        let instance_id = row.with_untracked(|row| row.id.clone());
        let request = WriteFileRequest { instance_id, path: INDEX_PAGE.into(), content: page.get_untracked() };
        lab.act("Written", request);
    };
    view! {
        <Card title="Files" note=INDEX_PAGE.to_owned()>
            <form class="form" aria-label="Files" novalidate on:submit=move |event| { event.prevent_default(); write() }>
                <TextField label="Page" value=page hint="What visitors of this server get.".to_owned() />
                <button type="submit" class="button">"Write page"</button>
            </form>
        </Card>
    }
}

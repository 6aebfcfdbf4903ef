//! The visitor's browser: what somebody out there sees at an address.
use leptos::prelude::*;

use crate::console::visit::{Page, Visitor, visit};
use crate::ui::component::{
    Badge, Button, ButtonKind, Card, Cell, Column, DataTable, Facts, Icon, PageHeader, Row, State, TextField,
};
use crate::ui::lab::Lab;
use crate::ui::route::{Route, Section};

/// How many visits the history shows.
const MOST: usize = 20;

/// The browser, at an address or at none.
#[component]
pub fn VisitPage(address: String) -> impl IntoView {
    let lab = Lab::get();
    let is_given = !address.is_empty();
    let typed = RwSignal::new(address);
    let wrong = RwSignal::new(None);
    let visitor = StoredValue::new(Visitor::default());
    let (page, history) = (RwSignal::new(None::<Page>), RwSignal::new(Vec::<Page>::new()));
    let open = move || {
        let url = typed.get_untracked();
        let seen = visitor.try_update_value(|visitor| lab.ask(|asker| visit(asker, visitor, &url)));
        match seen {
            Some(Ok(seen)) => {
                wrong.set(None);
                history.update(|history| {
                    history.insert(0, seen.clone());
                    history.truncate(MOST);
                });
                page.set(Some(seen));
            }
            Some(Err(refusal)) => wrong.set(Some(refusal.message)),
            None => {}
        }
    };
    if is_given {
        open();
    }
    view! {
        <PageHeader
            title="Visitor's browser".to_owned()
            note="What somebody out there sees: how the name resolves, who answers, and with what.".to_owned()
        />
        <Card title="Address">
            <form class="visit-bar" aria-label="Address" novalidate on:submit=move |event| { event.prevent_default(); open() }>
                <TextField label="Address" value=typed error=wrong placeholder="http://web-lb-1234.us-east-1.elb.amazonaws.com/" />
                <button type="submit" class="button" data-kind="primary">"Open"</button>
                <Button label="Reload" icon=Icon::Restart on_press=open disabled=Signal::derive(move || page.with(Option::is_none)) />
                <Button
                    label="Forget cookies"
                    kind=ButtonKind::Quiet
                    on_press=move || visitor.update_value(|visitor| visitor.cookies.clear())
                />
            </form>
        </Card>
        {move || page.get().map(page_view)}
        {history_view(history)}
    }
}

fn page_view(page: Page) -> AnyView {
    let state = if page.is_good { State::Good } else { State::Bad };
    let server = match page.server.as_str() {
        "" => Cell::fact(""),
        server => Cell::Link(Route::Detail(Section::Instances, server.to_owned()), server.to_owned()),
    };
    let facts = vec![
        ("Name resolved to", Cell::fact(&page.addresses)),
        ("Answer of the resolver", Cell::fact(&page.resolver)),
        ("Answered by", server),
        ("Target group", Cell::fact(&page.target_group)),
        ("Server header", Cell::fact(&page.software)),
    ];
    let headers = |title: &'static str, headers: &[(String, String)]| {
        let lines =
            headers.iter().map(|(name, value)| view! { <div><dt>{name.clone()}</dt><dd>{value.clone()}</dd></div> });
        let lines = lines.collect_view();
        (!headers.is_empty())
            .then(|| view! { <details class="visit-headers"><summary>{title}</summary><dl>{lines}</dl></details> })
    };
    let answered = headers("Headers of the answer", &page.headers);
    let forwarded = headers("Headers that the balancer added on the way to the server", &page.forwarded);
    let status = page.status.clone();
    let reason = page.reason.clone();
    // No scripts, no forms, no navigation, no origin: the learner's page is looked at and nothing else.
    let frame = page.body.clone().map(|body| {
        view! { <iframe class="visit-frame" title="The page that was served" sandbox="" srcdoc=body referrerpolicy="no-referrer"></iframe> }
    });
    view! {
        <Card title="Page" note=page.url.clone()>
            <p class="visit-status" role="status"><Badge state=state text=status /><span>{reason}</span></p>
            {frame}
        </Card>
        <Card title="How it got here"><Facts facts=Signal::stored(facts) />{answered}{forwarded}</Card>
    }
    .into_any()
}

fn history_view(history: RwSignal<Vec<Page>>) -> AnyView {
    let row = |(number, page): (usize, &Page)| {
        let cells = [
            Cell::text(page.time.clone()),
            Cell::text(page.url.clone()),
            Cell::State(if page.is_good { State::Good } else { State::Bad }, page.status.clone()),
            Cell::text(page.server.clone()),
            Cell::text(page.addresses.clone()),
        ];
        Row::new(number.to_string(), cells)
    };
    let rows = Memo::new(move |_| {
        history.with(|history| {
            let count = history.len();
            history.iter().enumerate().map(|(index, page)| row((count - index, page))).collect::<Vec<Row>>()
        })
    });
    let columns = vec![
        Column::new("Time"),
        Column::new("Address").wide(),
        Column::new("Answer"),
        Column::new("Answered by"),
        Column::new("Resolved to").wide(),
    ];
    let empty = || view! { <p class="quiet">"No visits yet."</p> };
    view! { <Card title="History"><DataTable caption="Visits" rows=rows columns=columns empty=empty /></Card> }
        .into_any()
}

//! The panel that answers why, beside the page.
use leptos::html;
use leptos::prelude::*;

use crate::projection::why::{Why, WhyStep};
use crate::ui::component::{Button, ButtonKind, Icon};
use crate::ui::why::Inquiry;

/// The panel. It is not modal: what it explains can be looked at meanwhile. Escape closes it.
#[component]
pub fn WhyPanel() -> impl IntoView {
    let inquiry = Inquiry::get();
    let is_open = Memo::new(move |_| inquiry.answer().with(Option::is_some));
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let (Some(_), Some(heading)) = (inquiry.answer().get(), heading.get()) {
            let _ = heading.focus();
        }
    });
    let body = move || inquiry.answer().get().map(shown);
    view! {
        <Show when=move || is_open.get()>
            <aside class="why-panel" aria-labelledby="why-heading" on:keydown=move |event| if event.key() == "Escape" { inquiry.close() }>
                <header>
                    <h2 id="why-heading" tabindex="-1" node_ref=heading>"Why?"</h2>
                    <Button label="Close" icon=Icon::Close icon_only=true kind=ButtonKind::Quiet on_press=move || inquiry.close() />
                </header>
                {body}
            </aside>
        </Show>
    }
}

fn shown(answer: Result<Why, String>) -> AnyView {
    let why = match answer {
        Ok(why) => why,
        Err(refusal) => return view! { <p>{refusal}</p> }.into_any(),
    };
    view! {
        <p class="why-question">{why.question}</p>
        <h3>"What led to it, the last step first"</h3>
        <ol class="why-steps">{why.steps.into_iter().map(step).collect_view()}</ol>
        {list("What would have changed it", why.otherwise)}
        {followed(why.followed)}
    }
    .into_any()
}

fn step(step: WhyStep) -> impl IntoView {
    let numbers = step.numbers.into_iter().map(|number| view! { <li>{number}</li> }).collect_view();
    view! {
        <li>
            <small>{step.at}</small>
            <p>{step.text}</p>
            <ul>{numbers}</ul>
        </li>
    }
}

fn list(title: &'static str, lines: Vec<String>) -> Option<AnyView> {
    let items = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    (!lines.is_empty()).then(|| view! { <h3>{title}</h3><ul class="why-list">{items}</ul> }.into_any())
}

fn followed(steps: Vec<WhyStep>) -> Option<AnyView> {
    let is_there = !steps.is_empty();
    let steps = steps.into_iter().map(step).collect_view();
    is_there.then(|| view! { <h3>"What followed"</h3><ol class="why-steps">{steps}</ol> }.into_any())
}

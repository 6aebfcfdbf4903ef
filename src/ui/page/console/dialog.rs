//! Forms that open over a page.
use leptos::prelude::*;

use super::act::Subject;
use super::form::{FormView, Place};
use crate::console::Form;
use crate::ui::component::{Dialog, Notices};

/// A form by its title, and what it is about.
type Opened = (&'static str, StoredValue<&'static Form>, StoredValue<Subject>);

/// Opens forms; in context, see [`FormDialogs::provide`].
#[derive(Clone, Copy)]
pub struct FormDialogs {
    current: RwSignal<Option<Opened>>,
    open: RwSignal<bool>,
}

impl FormDialogs {
    /// Puts them into context.
    pub fn provide() -> Self {
        let dialogs = FormDialogs { current: RwSignal::new(None), open: RwSignal::new(false) };
        provide_context(dialogs);
        dialogs
    }

    /// Those in context.
    pub fn get() -> Self {
        expect_context()
    }

    /// Opens a form for a thing.
    pub fn open(self, form: &'static Form, subject: Subject) {
        self.current.set(Some((form.title, StoredValue::new(form), StoredValue::new(subject))));
        self.open.set(true);
    }
}

/// Where they appear. One per page.
#[component]
pub fn FormDialog(dialogs: FormDialogs) -> impl IntoView {
    let notices: Notices = expect_context();
    let title = Signal::derive(move || dialogs.current.get().map_or("", |current| current.0).to_owned());
    let content = move || {
        let (_, form, subject) = dialogs.current.get()?;
        let (form, subject) = (form.get_value(), subject.get_value());
        let done = Callback::new(move |_| {
            dialogs.open.set(false);
            notices.good(form.label, "");
        });
        Some(view! { <FormView form=form subject=subject place=Place::Dialog(dialogs.open) done=done /> })
    };
    view! { <Dialog title=title open=dialogs.open>{content}</Dialog> }
}

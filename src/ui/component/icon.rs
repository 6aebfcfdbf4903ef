//! The icons: one stroke drawing each, on a grid of 16 by 16.
//!
//! They are ours: the lab needs thirty, an icon crate brings a package per set and tens of thousands of constants to compile for them.
use leptos::prelude::*;

/// A picture beside a word. It never stands for the word: icons are hidden from screen readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Activity,
    Address,
    Balancer,
    Bench,
    Bill,
    Branch,
    Check,
    ChevronDown,
    Clock,
    Close,
    Copy,
    Critical,
    Group,
    Image,
    Info,
    Key,
    Link,
    Menu,
    Metrics,
    Minus,
    Moon,
    More,
    Open,
    Pause,
    Play,
    Plus,
    Redo,
    Restart,
    Server,
    Shield,
    Snapshot,
    Step,
    Stop,
    Sun,
    System,
    Target,
    Template,
    Trash,
    Undo,
    Warning,
}

impl Icon {
    /// The strokes, as SVG path data.
    fn strokes(self) -> &'static str {
        match self {
            Icon::Activity => "M2.5 4h1M6 4h7.5M2.5 8h1M6 8h7.5M2.5 12h1M6 12h7.5",
            Icon::Address => "M8 14.2C5 11 3.5 8.7 3.5 6.5a4.5 4.5 0 0 1 9 0C12.5 8.7 11 11 8 14.2ZM8 5v3M6.5 6.5h3",
            Icon::Balancer => "M2 8h4l3-4.5h5M6 8h8M6 8l3 4.5h5M12 2l2 1.5-2 1.5M12 6.5 14 8l-2 1.5M12 11l2 1.5-2 1.5",
            Icon::Bench => "M2 3h5v5H2zM10 3h4v3.5h-4zM10 9.5h4V13h-4zM2 11h5v2H2z",
            Icon::Bill => "M3.5 2h9v12l-1.5-1-1.5 1L8 13l-1.5 1L5 13l-1.5 1ZM6 5h4M6 8h4",
            Icon::Branch => "M4.5 2.5v11M4.5 9c0-3 7-1.5 7-5.5M9.5 5l2-2 2 2M3 12l1.5 1.5L6 12",
            Icon::Check => "m3 8.5 3.2 3.2L13 4.8",
            Icon::ChevronDown => "m4 6.2 4 4 4-4",
            Icon::Clock => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.8V8l2.2 1.5",
            Icon::Close => "m4 4 8 8M12 4l-8 8",
            Icon::Copy => "M5.5 5.5h8v8h-8zM10.5 3v-.5h-8v8H3",
            Icon::Critical => "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5ZM8 5v3.5M8 11v.1",
            Icon::Group => "M2 5V2.5h2.5M11.5 2.5H14V5M14 11v2.5h-2.5M4.5 13.5H2V11M5 5.5h6v2H5zM5 9h6v2H5z",
            Icon::Image => {
                "M8 2.2c3.3 0 5.5.900 5.5 2S11.3 6.3 8 6.3 2.5 5.4 2.5 4.2s2.2-2 5.5-2ZM2.5 4.3v7.4c0 1.1 2.2 2.1 5.5 2.1s5.5-1 5.5-2.1V4.3M2.5 8c0 1.1 2.2 2.1 5.5 2.1s5.5-1 5.5-2.1"
            }
            Icon::Info => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 7.5V11M8 5v.1",
            Icon::Key => "M5.5 7.5a3 3 0 1 0 0 .1ZM8.4 8H14v2.5M11.5 8v2",
            Icon::Link => "M6.5 9.5 9.5 6.5M7 5l1.8-1.8a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.8 1.8a2.8 2.8 0 0 1-4-4L5 7",
            Icon::Menu => "M2.5 4h11M2.5 8h11M2.5 12h11",
            Icon::Metrics => "M2.5 2.5v11h11M4.5 10l2.5-3.5 2.5 2 3.5-5",
            Icon::Minus => "M3.5 8h9",
            Icon::Moon => "M13.2 9.8A5.8 5.8 0 0 1 6.2 2.8a5.8 5.8 0 1 0 7 7Z",
            Icon::More => "M3.5 8v.1M8 8v.1M12.5 8v.1",
            Icon::Open => "M6.5 3H3v10h10V9.5M9.5 2.5h4v4M13 3 7.5 8.5",
            Icon::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Icon::Play => "M5 3.2 12.5 8 5 12.8Z",
            Icon::Plus => "M8 3v10M3 8h10",
            Icon::Redo => "M12.5 6.5H6a3.5 3.5 0 0 0 0 7h3M9.5 3.5l3 3-3 3",
            Icon::Restart => "M3 8a5 5 0 1 0 1.6-3.7M3 2.5v2.7h2.7",
            Icon::Server => "M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5v.1M5 11v.1",
            Icon::Shield => "M8 2 13 3.8v4c0 3-2 5.2-5 6.2-3-1-5-3.2-5-6.2v-4Z",
            Icon::Snapshot => "M2.5 5h2.7L6.5 3.2h3L10.8 5h2.7v8h-11ZM8 6.8a2.1 2.1 0 1 0 0 4.2 2.1 2.1 0 0 0 0-4.2Z",
            Icon::Step => "M4 3.2 10.5 8 4 12.8ZM12.5 3.5v9",
            Icon::Stop => "M4 4h8v8H4z",
            Icon::Sun => {
                "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.8.800M11.8 11.8l.8.800M3.4 12.6l.8-.8M11.8 4.2l.8-.8"
            }
            Icon::System => "M2.5 3h11v7.5h-11zM8 10.5v3M5.5 13.5h5",
            Icon::Target => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 8v.1",
            Icon::Template => "M3.5 2h6l3 3v9h-9ZM9.5 2v3h3M5.5 8h5M5.5 10.8h5",
            Icon::Trash => "M2.5 4.2h11M6 4.2V2.5h4v1.7M4 4.2l.6 9.3h6.8l.6-9.3M6.8 7v4M9.2 7v4",
            Icon::Undo => "M3.5 6.5H10a3.5 3.5 0 0 1 0 7H7M6.5 3.5l-3 3 3 3",
            Icon::Warning => "M8 2.5 14.2 13.3H1.8ZM8 6.5v3.2M8 11.5v.1",
        }
    }
}

/// An icon that does not change.
pub(super) fn shown(icon: Icon) -> AnyView {
    view! { <IconImage icon=Signal::stored(icon) /> }.into_any()
}

/// An icon in the colour of the text around it.
#[component]
pub fn IconImage(
    /// Which one.
    #[prop(into)]
    icon: Signal<Icon>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=move || icon.get().strokes() />
        </svg>
    }
}

//! The icons of the page: those of Lucide, as strokes in the colour of the text. What is not used here is not in the wasm; the forty that
//! are come to 5 kB.
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
    ChevronLeft,
    ChevronRight,
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
    ZoomIn,
    ZoomOut,
}

impl Icon {
    /// Its drawing, on a grid of 24 by 24.
    fn drawing(self) -> icondata_core::Icon {
        match self {
            Icon::Activity => icondata_lu::LuList,
            Icon::Address => icondata_lu::LuMapPin,
            Icon::Balancer => icondata_lu::LuNetwork,
            Icon::Bench => icondata_lu::LuLayoutDashboard,
            Icon::Bill => icondata_lu::LuReceipt,
            Icon::Branch => icondata_lu::LuGitBranch,
            Icon::Check => icondata_lu::LuCheck,
            Icon::ChevronDown => icondata_lu::LuChevronDown,
            Icon::Clock => icondata_lu::LuClock,
            Icon::Close => icondata_lu::LuX,
            Icon::Copy => icondata_lu::LuCopy,
            Icon::Critical => icondata_lu::LuOctagonAlert,
            Icon::Group => icondata_lu::LuBoxes,
            Icon::Image => icondata_lu::LuDisc,
            Icon::Info => icondata_lu::LuInfo,
            Icon::Key => icondata_lu::LuKeyRound,
            Icon::Link => icondata_lu::LuLink,
            Icon::Menu => icondata_lu::LuMenu,
            Icon::Metrics => icondata_lu::LuChartLine,
            Icon::Minus => icondata_lu::LuMinus,
            Icon::Moon => icondata_lu::LuMoon,
            Icon::More => icondata_lu::LuEllipsis,
            Icon::Open => icondata_lu::LuExternalLink,
            Icon::Pause => icondata_lu::LuPause,
            Icon::Play => icondata_lu::LuPlay,
            Icon::Plus => icondata_lu::LuPlus,
            Icon::Redo => icondata_lu::LuRedo2,
            Icon::Restart => icondata_lu::LuRotateCcw,
            Icon::Server => icondata_lu::LuServer,
            Icon::Shield => icondata_lu::LuShield,
            Icon::Snapshot => icondata_lu::LuCamera,
            Icon::Step => icondata_lu::LuStepForward,
            Icon::Stop => icondata_lu::LuSquare,
            Icon::Sun => icondata_lu::LuSun,
            Icon::System => icondata_lu::LuMonitor,
            Icon::Target => icondata_lu::LuTarget,
            Icon::Template => icondata_lu::LuFileText,
            Icon::Trash => icondata_lu::LuTrash2,
            Icon::Undo => icondata_lu::LuUndo2,
            Icon::Warning => icondata_lu::LuTriangleAlert,
            Icon::ChevronLeft => icondata_lu::LuChevronLeft,
            Icon::ChevronRight => icondata_lu::LuChevronRight,
            Icon::ZoomIn => icondata_lu::LuZoomIn,
            Icon::ZoomOut => icondata_lu::LuZoomOut,
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
        <svg
            class="icon"
            viewBox="0 0 24 24"
            aria-hidden="true"
            focusable="false"
            inner_html=move || icon.get().drawing().data
        ></svg>
    }
}

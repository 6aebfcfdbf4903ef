//! All components on one page, for looking at them.
use leptos::prelude::*;

use crate::projection::chart::{ChartSpec, Dash, Series, TimeWindow, Tone, Unit};
use crate::sim::{SimDuration, SimTime};
use crate::ui::chart::Chart;
use crate::ui::component::*;

/// All components on one page.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <PageHeader title="Components".to_owned() note="Every part of the page, in every state.".to_owned() />
        <div class="chart-grid">
            <Chart spec=Signal::stored(requests()) />
            <Chart spec=Signal::stored(cpu()) />
            <Chart spec=Signal::stored(instances()) />
            <Chart spec=Signal::stored(latency()) />
            <Chart spec=Signal::stored(ChartSpec::new("Nothing yet", Unit::Count, window())) />
        </div>
        <div class="gallery">
            <Buttons />
            <States />
            <Table />
            <Form />
            <Others />
        </div>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let open = RwSignal::new(false);
    let notices: Notices = expect_context();
    let items = move || {
        vec![
            MenuItem::new("Start", || ()).disabled(true),
            MenuItem::new("Stop", move || notices.good("Stopping", "i-0a31 is on its way to stopped.")),
            MenuItem::new("Terminate", move || {
                notices.bad("OperationNotPermitted", "The instance may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.")
            }),
        ]
    };
    view! {
        <Card title="Buttons" note="four kinds".to_owned()>
            <p class="row">
                <Button label="Launch instance" kind=ButtonKind::Primary icon=Icon::Plus on_press=|| () />
                <Button label="Plain" on_press=|| () />
                <Button label="Quiet" kind=ButtonKind::Quiet on_press=|| () />
                <Button label="Terminate" kind=ButtonKind::Danger icon=Icon::Trash on_press=move || open.set(true) />
                <Button label="Off" disabled=true on_press=|| () />
                <Menu label="Actions" items=items() />
                <Menu label="More" compact=true items=items() />
            </p>
            <Dialog title="Terminate i-0a31?".to_owned() open=open>
                <p>"Its disk goes with it. In an Auto Scaling group another instance takes its place."</p>
                <CommandLine command="aws ec2 terminate-instances --instance-ids i-0a31".to_owned() />
                <footer>
                    <Button label="Cancel" on_press=move || open.set(false) />
                    <Button label="Terminate" kind=ButtonKind::Danger on_press=move || open.set(false) />
                </footer>
            </Dialog>
        </Card>
    }
}

#[component]
fn States() -> impl IntoView {
    let states = [
        (State::Good, "running"),
        (State::Busy, "pending"),
        (State::Idle, "stopped"),
        (State::Warning, "draining"),
        (State::Bad, "unhealthy"),
        (State::Gone, "terminated"),
    ];
    view! {
        <Card title="States">
            <p class="row">{states.map(|(state, text)| view! { <Badge state=state text=text.to_owned() /> }).collect_view()}</p>
            <p class="row">
                <Meter label="CPU" percent=Signal::stored(Some(34.0)) />
                <Meter label="CPU" percent=Signal::stored(Some(88.0)) />
                <Meter label="CPU" percent=Signal::stored(None) />
            </p>
        </Card>
    }
}

#[component]
fn Table() -> impl IntoView {
    let rows = Signal::stored(vec![
        ("i-0a31c4d5e6f708192", "running", 72.0),
        ("i-0f9c1b2a3d4e5f607", "running", 34.0),
        ("i-07c2d3e4f5a6b7c8d", "pending", 0.0),
    ]);
    let columns = vec![
        Column::new(
            "Instance",
            |row: Signal<(&'static str, &'static str, f64)>| view! { <a href="#/gallery">{move || row.get().0}</a> },
        ),
        Column::new("State", |row: Signal<(&'static str, &'static str, f64)>| {
            let state = Signal::derive(move || if row.get().1 == "running" { State::Good } else { State::Busy });
            view! { <Badge state=state text=Signal::derive(move || row.get().1.to_owned()) /> }
        }),
        Column::text("Type", |_| "t3.micro".to_owned()),
        Column::text("Zone", |_| "us-east-1a".to_owned()),
        Column::new(
            "CPU",
            |row: Signal<(&'static str, &'static str, f64)>| view! { <Meter label="CPU" percent=Signal::derive(move || Some(row.get().2)) /> },
        ),
        Column::text("Requests", |row: &(&str, &str, f64)| format!("{:.0}/s", row.2 / 2.0)).numeric(),
    ];
    view! { <Card title="Table"><DataTable caption="Instances" rows=rows key=|row| row.0.to_owned() columns=columns /></Card> }
}

#[component]
fn Form() -> impl IntoView {
    let choices = Signal::stored(vec![
        Choice::new("a", "us-east-1a").note("subnet-0a"),
        Choice::new("b", "us-east-1b").note("subnet-0b"),
    ]);
    view! {
        <Card title="Form">
            <TextField label="Group name" value=RwSignal::new("web".to_owned()) hint="Unique in the region.".to_owned() />
            <TextField label="Maximum capacity" value=RwSignal::new("0".to_owned()) numeric=true error=Signal::stored(Some("The most must not be below the desired capacity: enter 2 or more.".to_owned())) />
            <TextField label="Target" value=RwSignal::new("50".to_owned()) numeric=true suffix="%" />
            <SelectField label="Zone" value=RwSignal::new("b".to_owned()) choices=choices />
            <CheckGroup legend="Zones" value=RwSignal::new(Default::default()) choices=choices hint="At least two.".to_owned() />
            <CheckField label="Assign a public address" checked=RwSignal::new(true) hint="As the default subnet does.".to_owned() />
        </Card>
    }
}

#[component]
fn Others() -> impl IntoView {
    view! {
        <Card title="Tabs and facts">
            <Tabs
                label="Group"
                tabs=vec![
                    Tab::new("Details", || view! {
                        <Facts facts=vec![
                            Fact::new("Desired", || "3"),
                            Fact::new("Health", || view! { <Badge state=State::Good text="Healthy".to_owned() /> }),
                            Fact::new("ARN", || "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:web"),
                        ] />
                    }),
                    Tab::new("Activity", || "Launched i-07c2."),
                ]
            />
            <CommandLine command="aws autoscaling describe-scaling-activities --auto-scaling-group-name web --max-items 1".to_owned() />
        </Card>
    }
}

fn window() -> TimeWindow {
    TimeWindow::ending_at(SimTime::from_secs(10 * 3_600 + 42 * 60), SimDuration::from_secs(720))
}

fn sampled(label: &str, every: u64, value: impl Fn(f64) -> f64) -> Series {
    let start = window().from;
    let point = |index: u64| (start + SimDuration::from_secs(index * every), value((index * every) as f64 / 720.0));
    Series::new(label, (0..=720 / every).map(point).collect())
}

fn rate(x: f64) -> f64 {
    20.0 + 164.0 / (1.0 + libm::exp(-(x - 0.45) * 16.0)) + 8.0 * libm::sin(x * 60.0) * x
}

fn requests() -> ChartSpec {
    let errors = |x: f64| if x > 0.5 && x < 0.72 { rate(x) * 0.14 } else { 0.0 };
    ChartSpec::new("Requests", Unit::PerSecond, window())
        .with_series(sampled("2xx", 10, move |x| rate(x) - errors(x)).tone(Tone::Good))
        .with_series(sampled("5xx", 10, errors).tone(Tone::Bad).dash(Dash::Short))
}

fn cpu() -> ChartSpec {
    ChartSpec::new("CPU utilisation", Unit::Percent, window())
        .with_series(sampled("group average", 60, |x| (20.0 + 70.0 * libm::sin(x * 3.0)).min(97.0)))
        .with_threshold("target", 50.0, Tone::Muted)
        .with_marker(window().from + SimDuration::from_secs(300), "alarm", Tone::Warning)
}

fn instances() -> ChartSpec {
    ChartSpec::new("Instances", Unit::Count, window())
        .with_series(sampled("desired", 60, |x| (1.0 + x * 5.0).floor()).tone(Tone::Accent).dash(Dash::Short).steps())
        .with_series(sampled("in service", 60, |x| (0.6 + x * 4.0).floor()).steps())
}

fn latency() -> ChartSpec {
    let hump = |x: f64| if x > 0.45 && x < 0.8 { libm::sin((x - 0.45) * 9.0) } else { 0.0 };
    ChartSpec::new("Response time", Unit::Seconds, window())
        .with_series(sampled("p50", 20, move |x| 0.04 + 0.12 * hump(x)))
        .with_series(sampled("p95", 20, move |x| 0.15 + 0.42 * hump(x)).tone(Tone::Warning).dash(Dash::Long))
        .with_series(sampled("p99", 20, move |x| 0.22 + 0.76 * hump(x)).tone(Tone::Bad).dash(Dash::Dotted))
}

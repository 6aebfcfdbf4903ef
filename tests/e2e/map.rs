//! The map: following requests, reading what is broken, and opening what stands there; with the mouse and with the keyboard alone.
use scaling_lab::api::ec2::{AllocateAddressRequest, ReleaseAddressRequest};
use scaling_lab::api::lab::SetQuotaRequest;
use scaling_lab::api::route53::{
    Change, ChangeBatch, ChangeResourceRecordSetsRequest, CreateHostedZoneRequest, ResourceRecord, ResourceRecordSet,
};
use scaling_lab::ui::kept::View;
use scaling_lab::ui::pace::Speed;

use crate::hand::Hand;
use crate::harness::{Browser, Emulation, Find, Motion};
use crate::scene::{Scene, Sizes, still};
use crate::screenshots::{in_every_window, take};

/// A group of two with visitors, an Elastic IP that nobody has, and a record to an address that was given back. Returns the first.
fn flawed(scene: &mut Scene) -> String {
    let kept = scene.run(AllocateAddressRequest::default()).public_ip;
    let lost = scene.run(AllocateAddressRequest::default());
    scene.run(ReleaseAddressRequest { allocation_id: Some(lost.allocation_id), ..Default::default() });
    let request =
        CreateHostedZoneRequest { name: "shop.example".into(), caller_reference: "1".into(), ..Default::default() };
    let zone = scene.run(request).hosted_zone.id;
    let record = ResourceRecordSet {
        name: "old.shop.example".into(),
        kind: "A".into(),
        ttl: Some(60),
        resource_records: vec![ResourceRecord { value: lost.public_ip }],
        ..Default::default()
    };
    let change = Change { action: "CREATE".into(), resource_record_set: record };
    scene.run(ChangeResourceRecordSetsRequest {
        hosted_zone_id: zone,
        change_batch: ChangeBatch { changes: vec![change], ..Default::default() },
    });
    kept
}

fn pair() -> Scene {
    let mut scene = Scene::with_group(Sizes { min: 2, desired: 2, max: 2 });
    scene.send(6);
    scene.pass(120);
    scene
}

/// How many requests are on the map.
fn dots(page: &Browser) -> u64 {
    page.find(".map-dots").attribute("data-dots").and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// The painted pixels of the dots, as one text.
fn picture(page: &Browser) -> String {
    page.execute("return document.querySelector('.map-dots').toDataURL()", &[]).to_string()
}

#[test]
fn single_requests_are_followed_at_real_time_and_stand_still_while_time_does() {
    let page = Browser::open("/");
    pair().show(&page, &View { speed: Speed::X1, is_running: true, ..View::default() });
    page.find_text("Each dot is one request.").wait();
    page.wait_until("requests are on the map", |page| dots(page) > 2);
    page.wait_until("one was answered by an instance, in words", |page| {
        let text = page.find(".map-latest").text();
        text.contains(" → web-lb → i-") && text.contains("answered in")
    });
    let first = picture(&page);
    page.wait_until("they move", |page| picture(page) != first);
    page.button("Pause").click();
    page.button("Run").wait();
    // The picture that was on its way when time stopped is the last one.
    let script = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))";
    page.execute(script, &[]);
    let stopped = picture(&page);
    page.execute(script, &[]);
    assert_eq!(picture(&page), stopped, "time stands, and so do they");
    assert!(dots(&page) > 0);
    page.assert_no_console_errors();
}

#[test]
fn faster_lines_flow_and_with_reduced_motion_nothing_moves() {
    let page = Browser::open("/");
    let animations = "return document.querySelector('.map').getAnimations({ subtree: true }).length";
    pair().show(&page, &View { speed: Speed::X60, is_running: true, ..View::default() });
    page.find_text("The wider a line").wait();
    page.wait_until("the lines flow", |page| page.execute(animations, &[]).as_u64() > Some(0));
    assert!(!page.find(".map-dots").exists());
    page.emulate(Emulation { motion: Motion::Reduced, ..Emulation::default() });
    page.wait_until("the lines stand", |page| page.execute(animations, &[]).as_u64() == Some(0));
    Hand::Mouse.set_speed(&page, "1×");
    page.find_text("Nothing moves, as your system asks").wait();
    assert!(!page.find(".map-dots").exists(), "no dots at real time either");
    page.wait_until("words tell of the requests", |page| page.find(".map-latest").text().contains("answered in"));
    assert!(page.find(".map-tile-rate").first().text().contains("req/s"), "the numbers stay");
    page.assert_no_console_errors();
}

#[test]
fn what_leads_nowhere_says_so_and_opens_with_the_mouse() {
    broken_things_open(Hand::Mouse);
}

#[test]
fn what_leads_nowhere_says_so_and_opens_with_the_keyboard_alone() {
    broken_things_open(Hand::Keyboard);
}

fn broken_things_open(hand: Hand) {
    let page = Browser::open("/");
    let mut scene = pair();
    let kept = flawed(&mut scene);
    scene.pass(120);
    scene.show(&page, &still());
    let names = page.find("[aria-label='Names and addresses']");
    names.find_text("not associated: leads nowhere").wait();
    names.find_text("leads nowhere: no instance has").wait();
    for (name, heading) in [(kept.as_str(), "eipalloc-"), ("old.shop.example", "/hostedzone/"), ("web-lb", "web-lb")] {
        page.go("#/");
        hand.press(&page.find(".map").link(name));
        page.wait_until(&format!("{name} opens"), |page| {
            page.find("main h1").text_now().is_some_and(|text| text.contains(heading) || text.contains(name))
        });
    }
    page.go("#/");
    assert!(page.find(".map-zones").text().contains("t3.micro · web-v1"), "tiles show their image");
    hand.press(&page.find(".map-tile").first());
    page.wait_until("the instance opens", |page| page.route().starts_with("#/instances/i-"));
    page.assert_no_console_errors();
}

#[test]
fn the_lines_and_dots_are_nothing_to_focus_or_to_read() {
    let page = Browser::open("/");
    pair().show(&page, &View { speed: Speed::X1, is_running: true, ..View::default() });
    page.find(".map-dots").wait();
    let script = "return ['.map-lines', '.map-dots'].map((css) => { const one = document.querySelector(css); \
        return [one.getAttribute('aria-hidden'), one.tabIndex, getComputedStyle(one).pointerEvents].join(' '); }).join(', ')";
    assert_eq!(page.execute(script, &[]), "true -1 none, true -1 none");
    page.assert_no_console_errors();
}

/// Single requests under way, wide lines and broken things, beside one instance, a few, and two hundred.
#[test]
fn the_map_fits_every_window_with_any_number_of_instances_in_the_screenshots() {
    let page = Browser::open("/");
    for (count, rate, speed) in [(1, 6, Speed::X1), (6, 60, Speed::X1), (6, 60, Speed::X60), (200, 1_500, Speed::X1)] {
        let mut scene = Scene::new();
        scene.run(SetQuotaRequest { quota_name: Some(VCPUS.into()), value: 1_000, ..Default::default() });
        scene.add_group(Sizes { min: count, desired: count, max: count });
        if count > 1 {
            flawed(&mut scene);
        }
        scene.send(rate);
        scene.pass(300);
        scene.show(&page, &View { speed, is_running: true, ..View::default() });
        page.wait_until("all instances are on the map", |page| page.find(".map-tile").count() > count as usize);
        if speed == Speed::X1 {
            page.wait_until("requests are on the map", |page| dots(page) > 2);
        }
        page.button("Pause").click();
        in_every_window(&page, |window| {
            page.execute("document.querySelector('.map-groups').scrollIntoView({ block: 'center' })", &[]);
            take(&page, &format!("map-{count}-{}", speed.factor()), window);
        });
    }
    page.assert_no_console_errors();
}

const VCPUS: &str = "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances";

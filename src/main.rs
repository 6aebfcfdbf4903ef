//! Mounts the page; nothing else.

fn main() {
    scaling_lab::ui::mount();
}

// Starts the page: the kept theme before the first paint, then the lab itself, with word of how far it is.
// A file of its own, so that a strict content security policy needs no exception for inline scripts.
(() => {
  "use strict";

  const by = (id) => document.getElementById(id);

  function applyKeptTheme() {
    try {
      const { theme } = JSON.parse(localStorage.getItem("scaling-lab.preferences") ?? "{}");
      if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    } catch {
      // No storage here, or nothing readable in it: the system's theme it is.
    }
  }

  function showStopped(cause) {
    const banner = by("stopped");
    if (!banner.hidden) return;
    by("stopped-cause").textContent = String(cause);
    banner.hidden = false;
  }

  // A session that breaks the lab would break it again.
  function startAfresh() {
    try {
      localStorage.removeItem("scaling-lab.session");
    } catch {
      // No storage here: a reload starts afresh by itself.
    }
    location.reload();
  }

  function tell(text, share) {
    const status = by("boot-status");
    if (!status) return;
    status.textContent = text;
    const bar = by("boot-progress");
    if (share === undefined) bar.removeAttribute("value");
    else bar.value = share;
  }

  // Passes the bytes on while counting them. The type is set here: not every host knows that of wasm.
  async function download(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The lab could not be loaded (${response.status} ${url}).`);
    const isPlain = !response.headers.get("content-encoding");
    const total = isPlain ? Number(response.headers.get("content-length")) : 0;
    let loaded = 0;
    const count = new TransformStream({
      transform(chunk, out) {
        loaded += chunk.byteLength;
        const kilobytes = `${Math.round(loaded / 1000)} kB`;
        if (total > 0) tell(`Loading the lab: ${Math.min(99, Math.round((100 * loaded) / total))}%`, loaded / total);
        else tell(`Loading the lab: ${kilobytes}`);
        out.enqueue(chunk);
      },
      flush: () => tell("Starting the lab"),
    });
    return new Response(response.body.pipeThrough(count), { headers: { "content-type": "application/wasm" } });
  }

  async function start() {
    const { module, wasm } = document.querySelector("meta[name=scaling-lab]").dataset;
    const address = (path) => new URL(path, document.baseURI).href;
    by("stopped-restore").addEventListener("click", () => location.reload());
    by("stopped-afresh").addEventListener("click", startAfresh);
    try {
      const code = import(address(module));
      const bytes = download(address(wasm));
      await (await code).default({ module_or_path: bytes });
    } catch (cause) {
      tell("The lab could not start.", 0);
      showStopped(cause);
    }
  }

  applyKeptTheme();
  // A trap in wasm (a panic, no memory left) ends the lab: say so.
  addEventListener("error", ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError) showStopped(error);
  });
  addEventListener("DOMContentLoaded", start);
})();

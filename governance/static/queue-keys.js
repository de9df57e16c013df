// j and k move along the cases of the queue, ? opens the page about keys. Enter is the link's own. Nothing here acts on a case.
const rows = () => [...document.querySelectorAll("[data-queue-keys] [data-queue-row]")];
const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  if (event.key === "?") {
    window.location.assign(document.querySelector("[data-queue-keys]").dataset.queueKeys);
    event.preventDefault();
    return;
  }
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const links = rows();
  const row = document.activeElement?.closest("tr");
  const now = links.findIndex((link) => row !== null && row !== undefined && row.contains(link));
  const next = now === -1 ? (step === 1 ? 0 : links.length - 1) : now + step;
  if (links[next]) {
    links[next].focus();
    event.preventDefault();
  }
});

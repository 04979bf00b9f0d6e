/* The panel beside the board: from, to, verdict and reason, breaks before and after, who will be told. */
import { $ } from "./dom.js";

const KEYS = ["team", "company", "teams", "companies"];

export const panel = (page) => {
  const part = (key) => $(`[data-h="${key}"]`, page);
  const none = $("[data-hold-none]", page), some = $("[data-hold-some]", page), drop = $("[data-drop]", page);
  const figure = (key, now, after) => {
    $(`[data-b="${key}-now"]`, page).textContent = now ?? "";
    const cell = $(`[data-b="${key}-after"]`, page);
    cell.textContent = after ?? "—";
    cell.className = `r${after === undefined || after === now ? "" : after < now ? " less" : " more"}`;
  };
  const verdict = (place, home) => {
    const chip = part("verdict"), words = chip.dataset;
    chip.hidden = !place && !home;
    chip.dataset.tone = home ? "" : place?.ok ? "go" : "stop";
    chip.textContent = home ? words.home : place?.ok ? words.free : place ? words.clash : "";
  };
  /** Show what is held, and what would become of it at `place`; nothing is held: the invitation. */
  return (held, place = null, waiting = "", home = false) => {
    none.hidden = Boolean(held);
    some.hidden = !held;
    if (!held) return;
    const facts = held.facts ?? {};
    part("title").textContent = facts.title ?? "";
    part("table").textContent = facts.table ?? "";
    part("from").textContent = facts.from ?? held.td.dataset.time;
    part("to").textContent = place?.to ?? "—";
    part("team").textContent = facts.team ?? "";
    part("company").textContent = facts.company ?? "";
    part("tell").textContent = facts.tell ?? "";
    part("why").textContent = waiting || (place ? place.why ?? "" : part("why").dataset.pick);
    verdict(place, home);
    KEYS.forEach((key) => figure(key, facts.now?.[key], place?.ok ? place.after?.[key] : undefined));
    drop.disabled = !place?.ok;
  };
};

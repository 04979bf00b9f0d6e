/* The timetable: pick a meeting up, see every place it could go and what that costs, drop it, undo.
   The server says what is possible (GET places) and moves (PUT place); this only shows it. */
import { $, $$, all, on, resting, word } from "../dom.js";
import { say } from "../say.js";
import { ask } from "../send.js";
import { panel } from "../board-panel.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const sign = (n) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : "±0");
const door = (td) => td?.firstElementChild;

export default (page) => {
  const grid = $(".grid", page), rows = $$("tbody tr", grid), pick = $("[data-pick]", page), show = panel(page);
  const cells = rows.map((row) => $$("td[data-cell]", row));
  const list = $("[data-waiting]", page);
  const rowOf = (td) => (td.dataset.row === undefined ? td.parentElement : rows.find((row) => row.dataset.row === td.dataset.row));
  const at = (name) => $(`td[data-cell="${CSS.escape(name)}"]`, grid);
  let held = null, aim = null, asked = 0;

  const stop = (td, focus = true) => {
    $$('td > [tabindex="0"]', grid).forEach((one) => { one.tabIndex = -1; });
    door(td).tabIndex = 0;
    if (focus) door(td).focus();
  };
  const showRow = (row) => {
    rows.forEach((one) => one.classList.toggle("row-on", one === row));
    if (pick) pick.value = row.dataset.row;
  };
  const clear = () => {
    grid.classList.remove("lifted");
    for (const td of $$("td[data-cell]", grid)) {
      if (td.dataset.was !== undefined) { door(td).textContent = ""; door(td).setAttribute("aria-label", td.dataset.was); }
      for (const key of ["free", "clash", "held", "aim", "same", "was"]) delete td.dataset[key];
    }
  };
  const light = (place) => {
    const td = at(place.cell);
    if (!td || td === held.td) return;
    td.dataset[place.ok ? "free" : "clash"] = "";
    if (td.dataset.t !== undefined || td.dataset.off !== undefined) return;
    td.dataset.was = door(td).getAttribute("aria-label") ?? "";
    door(td).textContent = place.ok ? sign(place.delta) : place.brief ?? "";
    door(td).setAttribute("aria-label", `${place.to} ${place.ok ? sign(place.delta) : place.why}`);
  };

  async function lift(td) {
    if (td.dataset.pin !== undefined) { say(word("pinned")); return; }
    const mine = asked += 1;
    held = { td, id: td.dataset.t, version: td.dataset.version, known: new Map(), facts: null };
    aim = null;
    grid.classList.add("lifted");
    const row = rowOf(td), waits = row !== td.parentElement;
    if (row) showRow(row);
    td.dataset.held = "";
    if (td.dataset.team) $$(`td[data-team="${CSS.escape(td.dataset.team)}"]`, grid).forEach((one) => { if (one !== td) one.dataset.same = ""; });
    show(held, null, word("looking"));
    try {
      const facts = await ask(page.dataset.places.replace("__id__", held.id));
      if (mine !== asked || !held) return;
      held.facts = facts;
      facts.places.forEach((place) => { held.known.set(place.cell, place); light(place); });
      if (waits && row && !aim) {
        const mine = cells[rows.indexOf(row)], first = mine.find((one) => one.dataset.free !== undefined) ?? mine[0];
        if (first) { stop(first); point(first); }
      }
      show(held, aim && held.known.get(aim.dataset.cell));
    } catch {
      if (mine === asked) { cancel(); say(word("failed")); }
    }
  }
  const point = (td) => {
    if (!held || !td || td === aim) return;
    $$("[data-aim]", grid).forEach((one) => { delete one.dataset.aim; });
    aim = td;
    if (td !== held.td) td.dataset.aim = "";
    show(held, held.known.get(td.dataset.cell), "", td === held.td);
  };
  const cancel = () => {
    const was = held;
    held = aim = null;
    asked += 1;
    clear();
    show(null);
    if (!was) return;
    delete was.td.dataset.held;
    if (was.td.dataset.row === undefined) stop(was.td); else door(was.td).focus();
  };
  const drop = () => {
    if (!held || !aim) return;
    if (aim === held.td) { cancel(); return; }
    const place = held.known.get(aim.dataset.cell);
    if (!place?.ok) return;
    const url = `${page.dataset.place.replace("__id__", held.id)}?_method=put`, values = { cell: place.cell, version: held.version };
    cancel();
    window.htmx.ajax("POST", url, { target: `#${page.id}`, swap: "outerHTML", values });
  };
  const pin = (td) => {
    if (!page.dataset.pin) return;
    const method = td.dataset.pin === undefined ? "put" : "delete";
    window.htmx.ajax("POST", `${page.dataset.pin.replace("__id__", td.dataset.t)}?_method=${method}`, { target: `#${page.id}`, swap: "outerHTML", values: { version: td.dataset.version } });
  };
  const walk = (td, [down, across]) => {
    const r = rows.indexOf(td.parentElement), c = cells[r].indexOf(td);
    const row = Math.max(0, Math.min(rows.length - 1, r + down)), column = Math.max(0, Math.min(cells[row].length - 1, c + across));
    const next = cells[row][column];
    stop(next);
    point(next);
  };
  const press = (td) => {
    stop(td);
    if (!held) { if (td.dataset.t !== undefined) lift(td); return; }
    if (td === held.td) cancel();
    else if (td.dataset.free !== undefined || td.dataset.clash !== undefined) { if (aim === td) drop(); else point(td); }
    else { cancel(); if (td.dataset.t !== undefined) lift(td); }
  };

  const landed = $("td[data-landed]", grid), first = landed ?? $("td[data-t]", grid) ?? cells[0]?.[0];
  if (first) { stop(first, Boolean(landed)); showRow(first.parentElement); }
  return all(
    on(grid, "click", (event) => { const td = event.target.closest("td[data-cell]"); if (td) { event.preventDefault(); press(td); } }),
    on(grid, "pointermove", (event) => { if (held && event.pointerType !== "touch") point(event.target.closest("td[data-free], td[data-clash]")); }),
    on(grid, "dragstart", (event) => {
      const td = event.target.closest("td[data-t]");
      if (!td) return;
      event.dataTransfer.setData("text/plain", door(td).textContent);
      event.dataTransfer.effectAllowed = "move";
      lift(td);
    }),
    on(grid, "dragover", (event) => {
      const td = event.target.closest("td[data-free], td[data-clash]");
      if (!td) return;
      point(td);
      if (td.dataset.free !== undefined) event.preventDefault();
    }),
    on(grid, "drop", (event) => { event.preventDefault(); drop(); }),
    on(grid, "dragend", () => { if (held) cancel(); }),
    on(grid, "keydown", (event) => {
      const td = event.target.closest("td[data-cell]");
      if (!td || event.isComposing || event.ctrlKey || event.metaKey) return;
      const step = STEPS[event.key];
      if (step) { event.preventDefault(); walk(td, step); }
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        if (!held) { if (td.dataset.t !== undefined) lift(td); } else { point(td); drop(); }
      }
      if (event.key === "p" && td.dataset.t !== undefined && !held) { event.preventDefault(); pin(td); }
    }),
    list && on(list, "click", (event) => {
      const item = event.target.closest("[data-t]");
      if (!item || !event.target.closest("button")) return;
      const again = held?.td === item;
      if (held) cancel();
      if (!again) lift(item);
    }),
    list && on(list, "dragstart", (event) => {
      const item = event.target.closest("[data-t]");
      if (!item) return;
      event.dataTransfer.setData("text/plain", door(item).textContent);
      event.dataTransfer.effectAllowed = "move";
      if (held) cancel();
      lift(item);
    }),
    list && on(list, "dragend", () => { if (held) cancel(); }),
    on(document, "keydown", (event) => { if (event.key === "Escape" && held && !resting(event)) cancel(); }),
    on($("[data-drop]", page), "click", drop),
    on($("[data-cancel]", page), "click", cancel),
    pick && on(pick, "change", () => { if (held) cancel(); showRow(rows.find((row) => row.dataset.row === pick.value)); }),
  );
};

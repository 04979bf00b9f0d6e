/* An entry form as it is filled in: questions appear as answers call for them, what does not fit is said beside the field,
   sums stand under their columns. The rules come from the server, which decides. */
import { $, $$, all, on } from "../dom.js";
import { asked, read } from "../rules.js";

const JSON_OF = (element, name) => JSON.parse(element.dataset[name] ?? "null");

export default (box) => {
  const { fields, answers: others } = JSON_OF(box, "rules"), said = JSON_OF(box, "said") ?? {};
  const place = (key) => $(`[data-asked="${CSS.escape(key)}"]`, box);
  const here = fields.filter(({ key, kind }) => place(key) && !["file", "letter"].includes(kind));

  const typed = (field) => {
    const root = place(field.key), controls = $$("input, select, textarea", root).filter((one) => one.name);
    if (field.kind === "choices") return controls.filter((one) => one.checked).map((one) => one.value);
    if (field.kind === "consent") return controls.some((one) => one.checked);
    if (field.kind === "table") {
      return $$("tbody tr", root).map((row) => Object.fromEntries($$("[data-col]", row).map((cell) => [cell.dataset.col, $("input, select", cell)?.value ?? ""])));
    }
    if (field.kind === "choice") return controls.find((one) => one.tagName === "SELECT" || one.checked)?.value ?? "";
    return controls[0]?.value ?? "";
  };

  const words = (found) => (said[found.bad ?? found.gap] ?? "").replace(/\{(\w+)\}/g, (_, name) => found[name] ?? "");
  const tell = (field, found, quiet) => {
    const root = $("[data-field]", place(field.key));
    if (!root) return;
    const wrong = Boolean(words(found));
    let note = $("[data-live-error]", root);
    if (!wrong) {
      if (note?.dataset.from === "rules") { note.remove(); root.classList.remove("bad"); }
      return;
    }
    if (quiet && !note) return; // not while somebody is still typing
    if (!note) {
      note = document.createElement("p");
      note.className = "error";
      note.dataset.liveError = "";
      note.dataset.from = "rules";
      root.append(note);
    }
    note.replaceChildren(Object.assign(document.createElement("span"), { textContent: words(found) }));
    root.classList.add("bad");
  };

  const sum = (field, found) => {
    for (const column of field.columns ?? []) {
      const output = column.sum && $(`[data-sum="${CSS.escape(column.key)}"]`, place(field.key));
      if (!output) continue;
      const cells = $$(`[data-col="${CSS.escape(column.key)}"] input`, place(field.key)).map((cell) => read(column, cell.value).value ?? 0);
      const total = Math.round(cells.reduce((one, other) => one + other, 0) * 1e4) / 1e4;
      output.textContent = `${column.kind === "money" ? "¥" : ""}${total.toLocaleString("en", { maximumFractionDigits: 4 })}`;
    }
    return found;
  };

  const look = (changed, quiet = false) => {
    const answers = { ...others };
    for (const field of here) {
      const found = sum(field, read(field, typed(field)));
      if (found.value !== undefined) answers[field.key] = found.value;
      if (changed && place(field.key).contains(changed)) tell(field, found, quiet);
    }
    const live = asked(fields, answers);
    for (const { key } of fields) { const root = place(key); if (root) root.hidden = !live.has(key); }
  };
  look(null);
  return all(
    on(box, "input", (event) => { if (!event.isComposing) look(event.target, true); }),
    on(box, "change", (event) => look(event.target)),
    on(box, "compositionend", (event) => look(event.target, true)),
  );
};

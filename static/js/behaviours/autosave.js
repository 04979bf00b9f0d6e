/* Saved as it is typed. Sends only the fields that changed, one request at a time, silent while an input method composes,
   flushed when the page is left; says when the server had everything, or what failed, and tries again.
   The server's answer: {"saved": moment, "versions": {field: n}, "errors": {field: text}, "changed": {field: markup}}. */
import { $, all, clock, make, on, word } from "../dom.js";
import { mountAll, touched } from "../mount.js";
import { send } from "../send.js";

const WAIT = 600, AGAIN = [3000, 8000, 20000, 60000];

const wrapper = (control) => control.closest("[data-field]");

export default (form) => {
  const line = $("[data-saved-line]", form.closest("main") ?? document), dirty = new Set();
  let timer = 0, busy = false, failures = 0, composing = false, cut = false;

  const tell = (text, tone) => {
    const place = line && $("[data-saved-text]", line);
    if (!place) return;
    place.textContent = text;
    line.dataset.tone = tone ?? "";
    $("[data-retry]", line)?.remove();
    if (tone === "stop") line.append(make("button", { type: "button", className: "btn dense quiet", textContent: word("retry"), data: { retry: "" }, onclick: () => flush() }));
  };

  const pack = (names) => {
    const body = new FormData();
    for (const [key, value] of new FormData(form)) {
      const control = form.elements[key], field = wrapper(control?.length && !control.options ? control[0] : control ?? form);
      if (field && names.has(field.dataset.field)) body.append(key, value);
    }
    for (const name of names) {
      body.append("fields", name);
      const version = $(`[data-field="${CSS.escape(name)}"]`, form)?.dataset.version;
      if (version) body.append(`version.${name}`, version);
    }
    body.append("csrf_token", $("[name=csrf_token]", form)?.value ?? "");
    return body;
  };

  const mark = ({ versions = {}, errors = {}, changed = {} }, names) => {
    for (const name of names) {
      const field = $(`[data-field="${CSS.escape(name)}"]`, form);
      if (!field) continue;
      if (versions[name] !== undefined) field.dataset.version = versions[name];
      $("[data-live-error]", field)?.remove();
      if (errors[name]) field.append(make("p", { className: "error", data: { liveError: "" } }, make("span", { textContent: errors[name] })));
      field.classList.toggle("bad", Boolean(errors[name]));
      if (changed[name]) {
        $("[data-theirs]", field)?.remove();
        const page = new DOMParser().parseFromString(changed[name], "text/html");
        const box = make("div", { data: { theirs: "" } }, ...page.body.childNodes);
        field.append(box);
        mountAll(box, true);
      }
    }
  };

  async function flush(leaving = false) {
    clearTimeout(timer);
    if (!dirty.size || (busy && !leaving)) return;
    const names = new Set(dirty);
    dirty.clear();
    busy = true;
    tell(word("saving"));
    try {
      const response = await send(form.dataset.url, { method: "PATCH", body: pack(names), headers: { Accept: "application/json" }, keepalive: leaving });
      if (!response.ok && response.status !== 422) throw Object.assign(new Error("refused"), { status: response.status });
      const answer = response.status === 204 ? {} : await response.json();
      failures = 0;
      cut = false;
      mark(answer, names);
      document.dispatchEvent(new CustomEvent("autosaved"));
      tell(word("saved", { time: clock(answer.saved ? new Date(answer.saved) : new Date()) }));
    } catch (problem) {
      names.forEach((name) => dirty.add(name));
      cut = !problem.status;
      const reason = problem.status ? word("refused", { status: problem.status }) : word("offline");
      tell(word("unsaved", { reason }), "stop");
      timer = setTimeout(flush, AGAIN[Math.min(failures, AGAIN.length - 1)]);
      failures += 1;
    } finally {
      busy = false;
      if (dirty.size && !failures) timer = setTimeout(flush, WAIT);
    }
  }

  const note = (event) => {
    const field = wrapper(event.target);
    if (!field || event.target.closest("[data-not-saved]")) return;
    dirty.add(field.dataset.field);
    if (composing || event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(flush, event.type === "change" ? 0 : WAIT);
  };

  // Without a line the next page would be the browser's own, and what was typed would be gone with this one.
  const goOn = async (event) => {
    clearTimeout(timer);
    if (!cut && navigator.onLine) return dirty.clear();
    event.preventDefault();
    const first = $("[data-field]", form);
    if (first) dirty.add(first.dataset.field);
    else tell(word("unsaved", { reason: word("offline") }), "stop");
    await flush();
    if (!cut && navigator.onLine && !busy) form.requestSubmit(event.submitter);
  };

  // On a slow line somebody has written before this arrived.
  for (const control of form.elements) if (touched(control)) note({ target: control });
  return all(
    () => flush(true),
    on(form, "compositionstart", () => { composing = true; clearTimeout(timer); }),
    on(form, "compositionend", (event) => { composing = false; note(event); }),
    on(form, "input change", note),
    on(form, "submit", goOn),
    on(window, "online", () => flush()),
    on(document, "visibilitychange", () => { if (document.hidden) flush(true); }),
    on(window, "pagehide", () => flush(true)),
    on(window, "beforeunload", (event) => { if (dirty.size && failures) event.preventDefault(); }),
  );
};

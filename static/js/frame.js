/* What every page has: dialogs that open by name, search by key, the token on what htmx sends. */
import { $, on, typing, word } from "./dom.js";
import { token } from "./send.js";
import { say } from "./say.js";

export function open(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  return dialog;
}

on(document, "click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (open(opener.dataset.open)) event.preventDefault();
});

on(document, "keydown", (event) => {
  const both = event.key === "k" && (event.ctrlKey || event.metaKey);
  const slash = event.key === "/" && !typing(event.target) && !event.isComposing && !$("dialog[open]");
  if (!both && !slash) return;
  event.preventDefault();
  open("palette");
});

on(document, "htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
/* A fragment is meant for its place whatever its status: somebody was faster, something is mistyped. A whole page of an
   error is not. */
on(document, "htmx:beforeSwap", ({ detail }) => {
  const { xhr } = detail, html = xhr.getResponseHeader("Content-Type")?.startsWith("text/html");
  if (xhr.status < 400 || !html || /^\s*<!doctype/i.test(xhr.responseText)) return;
  Object.assign(detail, { shouldSwap: true, isError: false });
});
on(document, "htmx:responseError", () => say(word("failed")));
on(document, "htmx:sendError htmx:timeout", () => say(word("gone")));

/* A page nobody looks at does not poll; it asks at once when it is looked at again. */
on(document, "htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.getAttribute("hx-trigger")?.startsWith("every")) event.preventDefault();
});

/* A form sent twice by an impatient finger is sent once. */
on(document, "submit", (event) => {
  const form = event.target, button = event.submitter;
  if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  button?.setAttribute("aria-busy", "true");
  setTimeout(() => { delete form.dataset.sent; button?.removeAttribute("aria-busy"); }, 4000);
});
on(window, "pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
});

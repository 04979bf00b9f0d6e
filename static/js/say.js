/* A line of news at the foot: what was done, or what went wrong. With undo it comes from the server. */
import { $, make } from "./dom.js";
import { mountAll } from "./mount.js";

export function say(text) {
  const region = $("#toasts");
  if (!region) return;
  const toast = make("div", { className: "toast plain", data: { behaviour: "toast" } }, make("p", { textContent: text }));
  for (const old of [...region.children].slice(0, -1)) old.remove();
  region.append(toast);
  mountAll(toast, true);
}

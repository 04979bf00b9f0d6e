/* On a phone the language that is still empty is folded away behind its name: one is enough. */
import { $, $$, make } from "../dom.js";

export default (pair) => {
  if (!matchMedia("(max-width: 47.99rem)").matches) return;
  const halves = $$(":scope > div", pair);
  const first = document.documentElement.lang.startsWith("zh") ? halves[0] : halves[1], other = halves.find((half) => half !== first);
  if (!other || $(".input", other).value || $(".input", other).getAttribute("aria-invalid")) return;
  const button = make("button", { type: "button", className: "btn dense quiet", textContent: `+ ${$("label", other).textContent}` });
  other.hidden = true;
  pair.append(button);
  button.addEventListener("click", () => { other.hidden = false; button.remove(); $(".input", other).focus(); });
};

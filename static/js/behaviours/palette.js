/* Search everywhere: the server fills the list as one types; arrows choose, Enter opens; silent while composing. */
import { $, $$, all, on, word } from "../dom.js";
import { send } from "../send.js";

export default (palette) => {
  const input = $("input", palette), list = $(".hits", palette), none = $("[data-none]", palette);
  let timer = 0, asked = null, at = 0;
  const hits = () => $$(".hit", list);
  const mark = (to) => {
    const found = hits();
    at = found.length ? (to + found.length) % found.length : 0;
    found.forEach((hit, i) => { hit.id ||= `hit-${i}`; hit.setAttribute("aria-selected", String(i === at)); });
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (found[at]) { found[at].scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", found[at].id); }
    else input.removeAttribute("aria-activedescendant");
  };
  const fill = async () => {
    asked?.abort();
    asked = new AbortController();
    const q = input.value.trim();
    try {
      const response = await send(`${palette.dataset.url}?q=${encodeURIComponent(q)}`, { headers: { "HX-Request": "true", "HX-Target": "hits" }, signal: asked.signal });
      const page = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
      list.replaceChildren(...page.body.childNodes);
      none.hidden = q === "" || hits().length > 0;
      mark(0);
    } catch (problem) {
      if (problem.name !== "AbortError") { none.textContent = word("gone"); none.hidden = false; }
    }
  };
  return all(
    on(input, "input compositionend", (event) => { clearTimeout(timer); if (!event.isComposing) timer = setTimeout(fill, 120); }),
    on(input, "keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); mark(at + step); }
      if (event.key === "Enter" && hits()[at]) { event.preventDefault(); hits()[at].click(); }
    }),
    on(palette, "close", () => asked?.abort()),
  );
};

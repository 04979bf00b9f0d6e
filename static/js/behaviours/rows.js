/* A table that is filled in: rows come from the template row and go at once; the server sees what is there when it is sent. */
import { $, all, on } from "../dom.js";

export default (box) => {
  const blank = $("template", box), body = $("tbody", box);
  /* The template row bears the number 0 after the field's own name. */
  const place = new RegExp(`^(${box.dataset.name}-)(?:0|__n__)(?=-|$)`);
  let next = Number(box.dataset.next);
  const changed = () => box.dispatchEvent(new Event("input", { bubbles: true }));
  if (!blank) return undefined;
  return all(
    on(box, "click", (event) => {
      const add = event.target.closest("[data-add]"), remove = event.target.closest("[data-remove]");
      if (!add && !remove) return;
      event.preventDefault();
      if (add) {
        const row = blank.content.firstElementChild.cloneNode(true);
        for (const part of row.querySelectorAll("[id],[name],[for]")) {
          for (const key of ["id", "name", "for"]) if (part.hasAttribute(key)) part.setAttribute(key, part.getAttribute(key).replace(place, `$1${next}`));
        }
        next += 1;
        body.append(row);
        $("input, select, textarea", row)?.focus();
      } else {
        const row = remove.closest("tr"), beside = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        ($("input", beside ?? box) ?? $("[data-add]", box)).focus();
      }
      changed();
    }),
  );
};

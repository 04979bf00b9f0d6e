/* Choosing rows: shift-click takes a range, the head takes the page, the bar offers all that match. */
import { $, $$, all, on } from "../dom.js";

export default (table) => {
  const head = $("[data-all]", table), boxes = $$("tbody .sel .check", table), bar = $("[data-bulkbar]");
  if (!bar || !head) return undefined;
  const figure = $("[data-n]", bar), whole = $("[data-select-all]", bar), mark = $("[data-all-input]", bar);
  let last = -1;
  const count = () => {
    const n = boxes.filter((box) => box.checked).length;
    boxes.forEach((box) => box.closest("tr").setAttribute("aria-selected", String(box.checked)));
    mark.value = "";
    figure.textContent = n;
    bar.toggleAttribute("data-some", n > 0);
    head.checked = n > 0 && n === boxes.length;
    head.indeterminate = n > 0 && n < boxes.length;
    if (whole) whole.hidden = n < boxes.length;
  };
  count();
  return all(
    on(table, "click", (event) => {
      const at = boxes.indexOf(event.target);
      if (at < 0) return;
      if (event.shiftKey && last >= 0) {
        for (let k = Math.min(at, last); k <= Math.max(at, last); k += 1) boxes[k].checked = boxes[at].checked;
      }
      last = at;
      count();
    }),
    on(head, "change", () => { boxes.forEach((box) => { box.checked = head.checked; }); count(); }),
    whole && on(whole, "click", () => {
      boxes.forEach((box) => { box.checked = true; });
      count();
      mark.value = "1";
      figure.textContent = whole.dataset.selectAll;
      whole.hidden = true;
    }),
  );
};

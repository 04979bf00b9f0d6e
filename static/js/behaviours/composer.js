/* The questions of a form in their order: dragged between sections, or moved by their buttons; Alt with an arrow presses them. */
import { $, $$, all, on } from "../dom.js";
import "../../vendor/sortable.min.js";

let left = ""; // the neighbour of a question that was taken out: where whoever uses the keyboard goes on

export default (root) => {
  if (left && document.activeElement === document.body) $(`li[data-key="${CSS.escape(left)}"] a`, root)?.focus();
  left = "";
  const lists = $$("[data-list]", root).map((list) => new window.Sortable(list, {
    group: "questions", handle: ".grip", animation: 120, delay: 80, delayOnTouchOnly: true, ghostClass: "held",
    onEnd: ({ item, to, newIndex, from, oldIndex }) => {
      if (to === from && newIndex === oldIndex) return;
      const values = Object.fromEntries(new URLSearchParams(root.dataset.view));
      window.htmx.ajax("POST", `${item.dataset.place}?_method=put`, { target: "#composer", swap: "outerHTML", values: { ...values, section: to.dataset.key, place: newIndex } });
    },
  }));
  return all(
    on(root, "submit", ({ target }) => {
      const item = $('[id^="away-"]', target) && target.closest("li[data-key]");
      left = (item?.nextElementSibling ?? item?.previousElementSibling)?.dataset.key ?? "";
    }),
    on(root, "keydown", (event) => {
      const item = event.altKey && event.target.closest("li[data-key]"), step = { ArrowUp: "up", ArrowDown: "down" }[event.key];
      if (!item || !step) return;
      event.preventDefault();
      const button = $(`#${step}-${CSS.escape(item.dataset.key)}`, root);
      button?.focus();
      button?.click();
    }),
    () => lists.forEach((one) => one.destroy()),
  );
};

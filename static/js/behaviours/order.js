/* A ranking: dragged, or moved by its buttons; the change is an input event, so that autosave sees it. */
import { $, $$, all, on } from "../dom.js";

export default (list) => {
  let held = null;
  const items = () => $$(":scope > li", list);
  const settle = () => {
    items().forEach((item, i, every) => {
      $(".place", item).textContent = i + 1;
      const [up, down] = $$("button", item);
      up.disabled = i === 0;
      down.disabled = i === every.length - 1;
    });
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  list.dataset.live = "";
  items().forEach((item) => { item.draggable = true; });
  return all(
    on(list, "click", (event) => {
      const button = event.target.closest("button[name=move]");
      if (!button) return;
      event.preventDefault();
      const item = button.closest("li"), up = button.value.endsWith(":up");
      if (up) item.previousElementSibling?.before(item); else item.nextElementSibling?.after(item);
      settle();
      (button.disabled ? $$("button", item).find((one) => !one.disabled) : button)?.focus();
    }),
    on(list, "dragstart", (event) => {
      held = event.target.closest("li");
      held.dataset.held = "";
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", held.dataset.id);
    }),
    on(list, "dragover", (event) => {
      const over = event.target.closest("li");
      if (!held) return;
      event.preventDefault();
      if (!over || over === held) return;
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(held); else over.after(held);
    }),
    on(list, "drop", (event) => event.preventDefault()),
    on(list, "dragend", () => { if (held) delete held.dataset.held; held = null; settle(); }),
  );
};

/* Characters used, of those allowed, counted as the server does. */
import { on } from "../dom.js";
import { length, trim } from "../rules.js";

export default (area) => {
  const note = document.getElementById(area.dataset.count);
  const show = () => {
    const found = length(trim(area.value));
    note.textContent = `${found} / ${area.dataset.most}`;
    note.classList.toggle("over", found > Number(area.dataset.most));
  };
  show();
  return on(area, "input", show);
};

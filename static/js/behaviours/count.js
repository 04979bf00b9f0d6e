/* Characters used, of those allowed. */
import { on } from "../dom.js";

export default (area) => {
  const note = document.getElementById(area.dataset.count);
  const show = () => { note.textContent = `${area.value.length} / ${area.maxLength}`; };
  show();
  return on(area, "input", show);
};

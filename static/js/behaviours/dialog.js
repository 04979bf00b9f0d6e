/* Dialog and drawer: close by button, backdrop or Esc; open at once where the server says so (`data-now`). */
import { all, on } from "../dom.js";

export default (dialog) => {
  if (dialog.dataset.now !== undefined && !dialog.open) dialog.showModal();
  return all(
    on(dialog, "click", (event) => { if (event.target === dialog || event.target.closest("[data-close]")) dialog.close(); }),
    on(dialog, "htmx:afterRequest", (event) => { if (event.detail.successful) dialog.close(); }),
  );
};

/* After a swap the reader is taken to what is new. */
export default (element, { swapped }) => {
  if (!swapped) return;
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
};

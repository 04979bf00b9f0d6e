/* Tabs: one stop for Tab, arrows move. Without script all panels are shown one after the other. */
import { $$, all, on } from "../dom.js";

export default (list) => {
  const tabs = $$("[role=tab]", list);
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const pick = (tab, focus) => {
    for (const one of tabs) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      panel(one).hidden = one !== tab;
    }
    if (focus) tab.focus();
  };
  pick(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0], false);
  return all(
    on(list, "click", (event) => { const tab = event.target.closest("[role=tab]"); if (tab) pick(tab, true); }),
    on(list, "keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], at = tabs.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      pick(tabs[(at + step + tabs.length) % tabs.length], true);
    }),
  );
};

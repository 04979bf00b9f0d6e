/* Follows the system until somebody chooses; the choice is a cookie, so that the server draws the right one at once. */
import { on } from "../dom.js";

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const now = () => root.dataset.theme || (dark.matches ? "dark" : "light");

export default (button) => {
  const show = () => button.setAttribute("aria-pressed", String(now() === "dark"));
  show();
  return on(button, "click", () => {
    root.dataset.theme = now() === "dark" ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; SameSite=Lax`;
    document.querySelectorAll('[data-behaviour~="theme"]').forEach((one) => one.setAttribute("aria-pressed", String(now() === "dark")));
  });
};

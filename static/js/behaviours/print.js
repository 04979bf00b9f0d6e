/* Prints the page; in WeChat, where that does nothing, the button goes. */
import { on } from "../dom.js";

export default (button) => {
  if (/MicroMessenger/i.test(navigator.userAgent)) button.hidden = true;
  return on(button, "click", () => print());
};

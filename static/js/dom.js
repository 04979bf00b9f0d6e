/* Small things that behaviours share. */
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Listen; the answer stops listening. */
export const on = (target, names, listener, options) => {
  for (const name of names.split(" ")) target.addEventListener(name, listener, options);
  return () => { for (const name of names.split(" ")) target.removeEventListener(name, listener, options); };
};

/** One clean-up out of several. */
export const all = (...undos) => () => undos.forEach((undo) => undo?.());

/** Whether a key pressed here is text, not a command. */
export const typing = (target) => Boolean(target.closest?.(
  "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox]):not([type=submit]):not([type=button])"));

/** Whether single keys must rest: writing, composing, a dialog open, or a key of the system's own. */
export const resting = (event) => event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey
  || event.altKey || typing(event.target) || Boolean($("dialog[open]"));

export const visible = (element) => element.getClientRects().length > 0;

/** Bytes in the unit that suits `all`, and that unit: 1024 to each step, as the server says sizes. */
export const sized = (bytes, all = bytes) => {
  const [unit, step] = all < 1048576 ? ["KB", 1024] : ["MB", 1048576];
  return [(bytes / step).toFixed(1), unit];
};

/** Send a form as if its button had been pressed; older Safari knows only the plain way. */
export const sendForm = (form, button) => {
  if (form.requestSubmit) form.requestSubmit(button ?? undefined);
  else (button ?? form.querySelector("[type=submit]"))?.click();
};

/** An element with properties and children; never from a string of markup. */
export const make = (tag, properties = {}, ...children) => {
  const { data = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
};

const said = JSON.parse($('meta[name="words"]')?.content ?? "{}");

/** What the page says in its own language: the words are translated by the server, in _layout/_words.html. */
export const word = (key, values = {}) =>
  (said[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

export const chinese = document.documentElement.lang.startsWith("zh");

export const two = (number) => String(number).padStart(2, "0");

/** The time of day of a moment, in the reader's own zone. */
export const clock = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;

/* Behaviours: `data-behaviour="autosave hotkey"` names modules in behaviours/, fetched only by pages that use them.
   A behaviour is a function of its element; what it returns undoes it when the element leaves. */
const AGAIN = [1000, 5000, 20000];
const cleanups = new WeakMap();
const modules = new Map();
const early = new WeakSet();

/** Until asking again may help: the line is back, or some time has passed. */
const later = (wait) => new Promise((done) => {
  if (navigator.onLine) setTimeout(done, wait);
  else window.addEventListener("online", done, { once: true });
});

/** A module; where the line broke it is asked for again, by another address, for some browsers remember the failure. */
async function fetched(name) {
  for (let turn = 0; ; turn += 1) {
    try {
      return await import(`./behaviours/${name}.js${turn ? `?${turn}` : ""}`);
    } catch (problem) {
      if (turn === AGAIN.length) throw problem;
      await later(AGAIN[turn]);
    }
  }
}

const load = (name) => {
  if (!/^[a-z-]+$/.test(name)) return Promise.reject(new Error(name));
  if (!modules.has(name)) modules.set(name, fetched(name));
  return modules.get(name);
};

async function mount(element, name, swapped) {
  const held = cleanups.get(element) ?? new Map();
  if (held.has(name)) return;
  held.set(name, null);
  cleanups.set(element, held);
  const { default: behaviour } = await load(name);
  if (element.isConnected) held.set(name, behaviour(element, { swapped }) ?? null);
}

export function mountAll(root, swapped) {
  const named = [...(root.querySelectorAll?.("[data-behaviour]") ?? [])];
  if (root.dataset?.behaviour) named.unshift(root);
  for (const element of named) {
    for (const name of element.dataset.behaviour.split(/\s+/).filter(Boolean)) mount(element, name, swapped);
  }
}

export function unmount(element) {
  for (const undo of cleanups.get(element)?.values() ?? []) undo?.();
  cleanups.delete(element);
}

/** Whether somebody typed or chose here on this page, also before its behaviour had arrived. */
export const touched = (control) => early.has(control);
document.addEventListener("input", (event) => early.add(event.target), true);

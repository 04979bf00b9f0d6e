/* Behaviours: `data-behaviour="autosave hotkey"` names modules in behaviours/, fetched only by pages that use them.
   A behaviour is a function of its element; what it returns undoes it when the element leaves. */
const cleanups = new WeakMap();
const modules = new Map();

const load = (name) => {
  if (!/^[a-z-]+$/.test(name)) return Promise.reject(new Error(name));
  if (!modules.has(name)) modules.set(name, import(`./behaviours/${name}.js`));
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

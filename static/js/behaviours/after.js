/* A bar at the foot that comes when the button in the page has gone: data-after="id of that button". */
export default (bar) => {
  const target = document.getElementById(bar.dataset.after);
  if (!target) return undefined;
  const watch = new IntersectionObserver(([entry]) => bar.classList.toggle("away", entry.isIntersecting));
  watch.observe(target);
  return () => watch.disconnect();
};

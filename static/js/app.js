/* Starts what the page names. Every page works before this arrives. */
import { mountAll, unmount } from "./mount.js";
import "./frame.js";

mountAll(document, false);
document.addEventListener("htmx:load", (event) => mountAll(event.detail.elt, true));
document.addEventListener("htmx:beforeCleanupElement", (event) => unmount(event.target));

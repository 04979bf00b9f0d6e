/* A file sent in pieces (tus): begun as soon as it is chosen, paused and continued, taken up again after a reload or on
   another day by choosing the same file. Without this script the form sends it whole. */
import { $, all, make, on, sized, word } from "../dom.js";
import { token } from "../send.js";

const PIECE = 4 << 20, AGAIN = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];

const library = (src) => window.tus ? Promise.resolve(window.tus) : new Promise((done, failed) => {
  document.head.append(make("script", { src, onload: () => done(window.tus), onerror: failed }));
});

export default (form) => {
  const input = $("input[type=file]", form), field = form.closest(".field"), button = $("button[type=submit]", form);
  let upload = null, running = false, waiting = false;
  const bar = make("progress", { className: "bar", max: 100, value: 0, hidden: true });
  const line = make("p", { className: "help num", role: "status", hidden: true });
  const pause = make("button", { type: "button", className: "btn dense", hidden: true });
  button.hidden = true;
  form.append(bar, line, pause);

  const tell = (text) => { line.hidden = false; line.textContent = text; };
  const complain = (text) => {
    $("[data-refused]", field)?.remove();
    if (text) field.append(make("p", { className: "error", role: "alert", data: { refused: "" } }, make("span", { textContent: text })));
  };
  const label = () => { pause.textContent = word(running ? "pause" : "go_on"); };
  const run = () => { complain(""); waiting = false; running = true; label(); upload.start(); };
  const rest = () => { running = waiting = false; label(); upload.abort(); tell(word("upload_paused")); };
  const online = () => { if (waiting) { upload.abort(); run(); } };

  async function begin(file) {
    const tus = await library(form.dataset.library);
    upload = new tus.Upload(file, {
      endpoint: form.dataset.uploads, chunkSize: PIECE, retryDelays: AGAIN, removeFingerprintOnSuccess: true,
      metadata: { filename: file.name }, headers: { "X-CSRFToken": token() },
      onProgress: (sent, all) => { waiting = false; bar.value = all ? (sent / all) * 100 : 0; tell(word("upload_sent", { sent: sized(sent, all)[0], all: sized(all).join(" ") })); },
      onShouldRetry: (problem) => {
        const status = problem.originalResponse?.getStatus() ?? 0;
        waiting = !status;
        if (waiting) tell(word("upload_waiting"));
        return !status || status >= 500 || status === 409 || status === 423 || status === 429;
      },
      onError: (problem) => {
        const answer = problem.originalResponse;
        running = false;
        label();
        bar.hidden = pause.hidden = answer?.getStatus() === 422;
        let reason = "";
        try { reason = JSON.parse(answer.getBody()).error; } catch { /* no words came with it */ }
        complain(reason || word("failed"));
      },
      onSuccess: () => location.reload(),
    });
    const [earlier] = await upload.findPreviousUploads();
    if (earlier) upload.resumeFromPreviousUpload(earlier);
    bar.hidden = pause.hidden = false;
    bar.setAttribute("aria-label", file.name);
    run();
  }

  const take = () => {
    upload?.abort();
    begin(input.files[0]).catch(() => { button.hidden = false; complain(word("failed")); });
  };
  if (input.files[0]) take(); // chosen before this script arrived
  return all(
    on(window, "online", online), // also after the last try was given up
    on(form, "change click submit", (event) => {
      if (event.type === "submit" && button.hidden) event.preventDefault();
      if (event.type === "change" && event.target === input && input.files[0]) take();
      if (event.type === "click" && event.target === pause) (running ? rest : run)();
    }),
  );
};

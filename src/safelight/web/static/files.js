// What scripts add to a form that sends files: dropping, progress, and previews of the sender's own files.
// Without this module the same form is sent by its button, and the same page comes back.

// What is said comes with the page, in its language; {count} and {size} stand for numbers.
const SAYINGS = document.body.dataset;

/** A size in the unit that people know from their file manager. */
function megabytes(bytes) {
  return `${Math.floor(bytes / 1e6)} MB`;
}

/** What the limits of the form say against these files, in a sentence; empty when nothing does. */
function objection(form, files) {
  const { maxFiles, maxTotal } = form.dataset;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > Number(maxFiles)) return SAYINGS.tooMany.replace("{count}", maxFiles);
  if (total > Number(maxTotal)) return SAYINGS.tooLarge.replace("{size}", megabytes(maxTotal));
  return "";
}

/** Show the sender's own pictures from this browser's memory, where the page leaves a place for them. */
function showPreviews(root, files) {
  for (const place of root.querySelectorAll("img[data-preview-of]")) {
    const file = files[Number(place.dataset.previewOf)];
    if (!file || file.type === "image/svg+xml") continue;
    show(place, file, () => place.closest("[data-preview]")?.removeAttribute("hidden"));
  }
  for (const place of root.querySelectorAll("img[data-cut-of]")) {
    const { cutOf, start, end, type } = place.dataset;
    const file = files[Number(cutOf)];
    if (file) show(place, file.slice(Number(start), Number(end), type), () => place.previousElementSibling.remove());
  }
}

/** Show a picture in its place, if the browser can draw it. */
function show(place, content, then) {
  const address = URL.createObjectURL(content);
  const picture = new Image();
  picture.onload = () => {
    place.src = address;
    place.hidden = false;
    then();
  };
  picture.onerror = () => URL.revokeObjectURL(address);
  picture.src = address;
}

/** Put the files into the forms of the answer that need them again, and hide what asks for them. */
function keepChosen(root, files) {
  if (!files.length) return;
  for (const input of root.querySelectorAll("form[data-again] input[type=file]")) {
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    const asking = input.closest("[data-chosen]");
    if (asking) asking.hidden = true;
  }
}

/** Put the answer's content in the place of this page's. The browser parses it as a document: no script in it runs. */
function showAnswer(answer, files) {
  const fresh = document.adoptNode(answer.querySelector("main"));
  document.querySelector("main").replaceWith(fresh);
  document.title = answer.title;
  prepare(fresh);
  showPreviews(fresh, files);
  keepChosen(fresh, files);
  const heading = fresh.querySelector("[data-result]") ?? fresh;
  heading.setAttribute("tabindex", "-1");
  heading.focus();
}

/** What the form sends; of its files only those that are ticked, if the button is for ticked ones. */
function contentOf(form, button, files) {
  const content = new FormData(form, button);
  const ticks = button?.matches("[data-picked]") ? document.querySelectorAll("[data-pick]:checked") : [];
  const input = form.querySelector("input[type=file]");
  if (!input || !ticks.length) return content;
  content.delete(input.name);
  for (const tick of ticks) content.append(input.name, files[Number(tick.dataset.pick)]);
  return content;
}

/** Send a form without leaving the page, by one of its buttons or as it is. */
function send(form, button = null) {
  const files = [...(form.querySelector("input[type=file]")?.files ?? [])];
  const say = form.querySelector("[data-say]");
  const against = objection(form, files);
  if (against) {
    say.textContent = against;
    return;
  }
  const progress = form.querySelector("[data-progress]");
  const bar = progress?.querySelector("progress");
  const buttons = form.querySelectorAll("button");
  const request = new XMLHttpRequest();
  const finish = () => {
    if (progress) progress.hidden = true;
    form.removeAttribute("aria-busy");
    for (const each of buttons) each.disabled = false;
  };
  request.open("POST", button?.hasAttribute("formaction") ? button.formAction : form.action);
  request.responseType = "document";
  request.upload.onprogress = (event) => {
    if (!bar) return;
    if (event.lengthComputable && event.loaded < event.total) bar.value = event.loaded / event.total;
    else bar.removeAttribute("value");
  };
  request.onload = () => {
    finish();
    if (request.response?.querySelector("[data-wait]")) location.assign(request.responseURL); // it goes on by itself
    else if (request.response?.querySelector("main")) showAnswer(request.response, files);
    else say.textContent = SAYINGS.noAnswer;
  };
  request.onerror = () => {
    finish();
    say.textContent = SAYINGS.noAnswer;
  };
  const content = contentOf(form, button, files);
  say.textContent = SAYINGS.sending;
  if (progress) progress.hidden = false;
  form.setAttribute("aria-busy", "true");
  for (const each of buttons) each.disabled = true;
  request.send(content);
}

/** Let the forms under `root` send by script, and let the words fit that. */
function prepare(root) {
  for (const words of root.querySelectorAll("[data-script]")) words.hidden = false;
  for (const words of root.querySelectorAll("[data-without-script]")) words.hidden = true;
  for (const form of root.querySelectorAll("form[data-files]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
    form.querySelector("input[type=file]").addEventListener("change", (event) => {
      if (event.target.files.length) send(form);
    });
  }
  for (const button of root.querySelectorAll("button[data-here]")) {
    button.addEventListener("click", (event) => {
      if (!button.form.checkValidity()) return;
      event.preventDefault();
      send(button.form, button);
    });
  }
  for (const box of root.querySelectorAll("[data-filter]")) {
    box.hidden = false;
    for (const control of box.querySelectorAll("input, select"))
      control.addEventListener("input", () => filter(box));
  }
}

/** Show only the rows of the chosen group whose words hold all the words that were typed. */
function filter(box) {
  const words = box.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = box.querySelector("select")?.value ?? "";
  const area = document.getElementById(box.dataset.filter);
  let shown = 0;
  for (const group of area.querySelectorAll("details")) {
    const { name } = group.dataset;
    let here = 0;
    for (const row of group.querySelectorAll("tbody tr")) {
      const text = `${name} ${row.textContent}`.toLowerCase();
      row.hidden = (chosen && chosen !== name) || !words.every((word) => text.includes(word));
      here += row.hidden ? 0 : 1;
    }
    group.hidden = here === 0;
    if (words.length || chosen) group.open = here > 0;
    shown += here;
  }
  box.querySelector("[role=status]").textContent = words.length || chosen ? SAYINGS.shown.replace("{count}", shown) : "";
}

/**
 * The form that a drop anywhere on the page goes to: the first that can be seen. One with
 * `data-files` is answered in place, one with `data-drop` leads to the next page.
 */
function target() {
  const forms = document.querySelectorAll("main form:is([data-files], [data-drop])");
  return [...forms].find((form) => form.checkVisibility()) ?? null;
}

function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files") && target();
}

addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  target().dataset.over = "";
});
addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) target()?.removeAttribute("data-over");
});
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const form = target();
  form.removeAttribute("data-over");
  form.querySelector("input[type=file]").files = event.dataTransfer.files;
  if ("files" in form.dataset) send(form);
  else form.requestSubmit();
});

prepare(document);

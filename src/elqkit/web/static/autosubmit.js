// What scripts add to AutoSubmit: a form says that its file is on the way, and a run shows its progress in place.
// Without this module files are chosen, and the page of a run loads itself again.

const POLL_MS = 1000;
const SLOW_POLL_MS = 5000;

for (const words of document.querySelectorAll("[data-script]")) words.hidden = false;

for (const form of document.querySelectorAll("form[data-drop]")) {
  form.addEventListener("submit", () => {
    form.setAttribute("aria-busy", "true");
    form.querySelector("[data-say]").textContent = document.body.dataset.sending;
  });
}

/** Put a moment of a run into its page. */
function show(run, moment) {
  run.querySelector("[data-heading]").textContent = moment.heading;
  run.querySelector("[data-speed]").textContent = moment.speed;
  run.querySelector("[data-bar]").value = moment.percent;
  const note = run.querySelector("[data-note]");
  if (note.textContent !== moment.note) note.textContent = moment.note;
  for (const place of run.querySelectorAll("[data-count]")) place.textContent = moment.counts[place.dataset.count];
  for (const button of run.querySelectorAll("[data-when]"))
    button.hidden = (button.dataset.when === "paused") !== moment.is_paused;
}

/** Ask for the moments of a run until it is over; then its page has the result. */
async function follow(run) {
  let pause = POLL_MS;
  try {
    const answer = await fetch(run.dataset.run, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const moment = await answer.json();
    if (moment.is_over) {
      location.reload();
      return;
    }
    show(run, moment);
  } catch {
    pause = SLOW_POLL_MS; // the server may be starting again: the run is known to its ledger
  }
  setTimeout(follow, document.hidden ? SLOW_POLL_MS : pause, run);
}

for (const run of document.querySelectorAll("[data-run]")) {
  setTimeout(follow, POLL_MS, run);
  for (const form of run.querySelectorAll("form")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const content = new URLSearchParams(new FormData(form, event.submitter));
      try {
        await fetch(form.action, { method: "POST", body: content, redirect: "manual" });
      } catch {
        form.submit(); // the page that comes back says what is wrong
      }
    });
  }
}

/** Wait for something that has no progress to show, and then load the page that comes of it. */
async function wait(place) {
  try {
    const answer = await fetch(place.dataset.wait, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).is_over) {
      location.reload();
      return;
    }
  } catch {
    // the server may be starting again
  }
  setTimeout(wait, POLL_MS, place);
}

for (const place of document.querySelectorAll("[data-wait]")) setTimeout(wait, POLL_MS, place);

// Phase diagrams: choosing shows the new figure at once, points that are added appear, and hovering reads out values. Without this
// script the same form and links do the same, a page at a time.

const form = document.querySelector("form.choices");
const figure = document.getElementById("figure");
// Types are made for print: a figure on a phone is drawn for a phone.
const narrow = matchMedia("(max-width: 40rem)");
let asked = 0, shown, pending, resting = false, stale = false;

const choices = () => {
  const query = new URLSearchParams(new FormData(form));
  return query;
};

async function show(isNews) {
  const mine = ++asked;
  const query = choices();
  if (narrow.matches) query.set("form", "narrow");
  figure.setAttribute("aria-busy", "true");
  const begun = performance.now();
  try {
    const answer = await fetch(`${form.dataset.figure}?${query}`);
    if (mine !== asked) return;
    if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
    const text = await answer.text();
    if (text !== shown) {
      const isOpen = figure.querySelector("details")?.open ?? false;
      const scrolled = figure.querySelector("details .scroll")?.scrollLeft ?? 0;
      const holdsFocus = figure.contains(document.activeElement) ? document.activeElement.getAttribute("href") ?? "summary" : null;
      figure.innerHTML = text;
      const details = figure.querySelector("details");
      if (details) {
        details.open = isOpen;
        details.querySelector(".scroll").scrollLeft = scrolled;
      }
      if (holdsFocus) (figure.querySelector(`details a[href="${CSS.escape(holdsFocus)}"]`) ?? figure.querySelector("summary"))?.focus({ preventScroll: true });
      shown = text;
    }
  } catch {
    if (mine === asked && !isNews) figure.innerHTML = '<p class="message refusal" role="alert">The figure cannot be had at this moment.</p>';
  } finally {
    if (mine === asked) figure.removeAttribute("aria-busy");
  }
  rest(Math.max(2000, 10 * (performance.now() - begun)));
}

// News of points come often; a figure is asked for again only so often, and never for a page that nobody sees.
function rest(time) {
  resting = true;
  clearTimeout(pending);
  pending = setTimeout(() => {
    resting = false;
    if (stale) news();
  }, time);
}

function news() {
  stale = true;
  if (resting || document.hidden) return;
  stale = false;
  show(true);
}

function arrange(changed) {
  const [x, y] = [form.elements.x, form.elements.y];
  // Both sides the same axis: the other side takes what this one had.
  if (x.value === y.value) {
    const other = changed === x ? y : x;
    const offered = [...other.options].map((one) => one.value).filter((one) => one !== changed.value);
    other.value = offered.includes(changed.dataset.before) ? changed.dataset.before : offered[0];
  }
  remember();
  for (const pin of form.querySelectorAll(".pin")) {
    const isShown = [x.value, y.value].includes(pin.dataset.axis);
    pin.hidden = isShown;
    for (const field of pin.querySelectorAll("select, input")) field.disabled = isShown;
  }
}

function remember() {
  for (const side of [form.elements.x, form.elements.y]) side.dataset.before = side.value;
}

/** Where in the frame of a figure of many cells the pointer is, in shares from below on the left. */
function place(event, cells) {
  const box = cells.getBoundingClientRect();
  const share = (value) => Math.min(1, Math.max(0, value)).toFixed(6);
  const query = choices();
  query.set("across", share((event.clientX - box.left) / box.width));
  query.set("up", share((box.bottom - event.clientY) / box.height));
  return query;
}

let hovering;
function hover(event) {
  const readout = figure.querySelector(".readout");
  if (!readout) return;
  const link = event.target.closest?.(".plot a");
  if (link) {
    readout.textContent = link.querySelector("title")?.textContent ?? "";
    return;
  }
  const cells = event.target.closest?.(".cells");
  clearTimeout(hovering);
  if (!cells) {
    readout.textContent = "";
    return;
  }
  hovering = setTimeout(async () => {
    const query = place(event, cells);
    query.set("words", "1");
    const answer = await fetch(`${form.dataset.at}?${query}`).catch(() => null);
    if (answer?.ok) readout.textContent = (await answer.json()).text;
  }, 120);
}

if (form && figure) {
  document.documentElement.classList.add("scripted");
  remember();
  shown = null;
  form.addEventListener("change", (event) => {
    arrange(event.target);
    const query = choices();
    history.replaceState(null, "", `?${query}`);
    const print = document.getElementById("print");
    if (print) print.href = `${form.dataset.figure}?${query}&form=print`;
    show(false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(false);
  });
  figure.addEventListener("pointerover", hover);
  figure.addEventListener("pointermove", (event) => { if (event.target.closest?.(".cells")) hover(event); });
  figure.addEventListener("click", (event) => {
    const cells = event.target.closest?.(".cells");
    if (cells) location.assign(`${form.dataset.at}?${place(event, cells)}`);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && stale) news(); });
  // The first news say what the page shows already.
  let told;
  document.addEventListener("sweeps:figure", (event) => {
    if (told !== undefined && told !== event.detail) news();
    told = event.detail;
  });
  narrow.addEventListener("change", () => show(false));
  if (figure.hasAttribute("aria-busy") || narrow.matches) show(false);
}

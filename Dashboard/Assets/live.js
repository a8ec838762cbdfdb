// Keeps a page up to date: parts of it come as server-sent events and take the place of what they were. What has not changed stays as it
// is, with its focus, selection and scroll.

const source = document.body.dataset.events;
const lost = document.getElementById("connection");
const announcer = document.getElementById("announcer");
let stream, timer;

/** Makes `old` like `now`, touching only what differs. */
function renew(old, now) {
  if (old.nodeType !== now.nodeType || old.nodeName !== now.nodeName) {
    old.replaceWith(now.cloneNode(true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== now.nodeValue) old.nodeValue = now.nodeValue;
    return;
  }
  // Whether details are open is the reader's choice.
  const isReaders = (name) => old.nodeName === "DETAILS" && name === "open";
  for (const { name } of [...old.attributes]) if (!now.hasAttribute(name) && !isReaders(name)) old.removeAttribute(name);
  for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value && !isReaders(name)) old.setAttribute(name, value);
  const before = [...old.childNodes], after = [...now.childNodes];
  after.forEach((child, i) => (i < before.length ? renew(before[i], child) : old.append(child.cloneNode(true))));
  before.slice(after.length).forEach((child) => child.remove());
}

function take(event) {
  const cut = event.data.indexOf("\n");
  const name = event.data.slice(0, cut < 0 ? undefined : cut);
  const old = document.getElementById(name);
  if (!old) return;
  const holder = document.createElement("template");
  holder.innerHTML = cut < 0 ? "" : event.data.slice(cut + 1);
  const now = [...holder.content.children].find((child) => child.id === name);
  if (!now) return;
  // A change of state is said aloud; numbers that tick are not.
  if (now.dataset.state && now.dataset.state !== old.dataset.state) announcer.textContent = now.dataset.state;
  if (now.dataset.title) document.title = now.dataset.title;
  renew(old, now);
}

function connect() {
  stream = new EventSource(source);
  stream.addEventListener("open", () => { lost.hidden = true; });
  stream.addEventListener("fragment", take);
  stream.addEventListener("figure", (event) => document.dispatchEvent(new CustomEvent("sweeps:figure", { detail: event.data })));
  stream.addEventListener("error", () => {
    lost.hidden = false;
    // A browser tries again by itself unless it was refused.
    if (stream.readyState === EventSource.CLOSED) {
      clearTimeout(timer);
      timer = setTimeout(connect, 5000);
    }
  });
}

if (source) {
  connect();
  // A page that nobody sees costs nothing, and one that comes back by the back button is up to date.
  addEventListener("pagehide", () => { clearTimeout(timer); stream.close(); });
  addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
}

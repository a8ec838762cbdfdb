// A spec's line numbers follow what is typed, and a mistake leads to its line.

const text = document.getElementById("spec");
const gutter = document.querySelector(".gutter");

function number() {
  const lines = Math.max(22, text.value.split("\n").length + 1);
  text.rows = lines;
  while (gutter.children.length > lines) gutter.lastElementChild.remove();
  while (gutter.children.length < lines) {
    const line = document.createElement("span");
    line.textContent = `${gutter.children.length + 1}\n`;
    gutter.append(line);
  }
}

function goTo(line, column) {
  const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const end = text.value.indexOf("\n", before);
  text.focus();
  text.setSelectionRange(before + column - 1, end < 0 ? text.value.length : end);
  gutter.children[line - 1]?.scrollIntoView({ block: "center" });
}

if (text && gutter) {
  text.addEventListener("input", number);
  number();
  for (const link of document.querySelectorAll("a[data-line]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(Number(link.dataset.line), Number(link.dataset.column || 1));
    });
  // A file is shown before it is sent, so that its mistakes can be mended here.
  document.getElementById("file")?.addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file || file.size > 1 << 20) return;
    text.value = await file.text();
    event.target.value = "";
    number();
    text.focus();
  });
}

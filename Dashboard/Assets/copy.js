// Buttons that copy what stands below them. They appear only where they work.

if (navigator.clipboard)
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      const word = button.textContent;
      button.textContent = "Copied";
      document.getElementById("announcer").textContent = "Copied";
      setTimeout(() => { button.textContent = word; }, 1500);
    });
  }

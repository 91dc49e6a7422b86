"use strict";
// Every page works without this: it copies citations with one click.

async function copy(button) {
  const told = button.parentElement.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    if (told) told.textContent = "已复制";
  } catch {
    const area = document.createElement("textarea"); // where the page may not write to the clipboard: select it
    area.value = button.dataset.copy;
    area.readOnly = true;
    area.setAttribute("aria-label", "引文，请按 Ctrl+C 复制");
    button.after(area);
    area.select();
    if (told) told.textContent = "请按 Ctrl+C 复制";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});

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

// Reviewing by keyboard: the item in hand has the focus; a confirmation is sent without leaving the page.
const items = [...document.querySelectorAll("ol.review > li")];

function current() {
  return items.findIndex((item) => item.contains(document.activeElement));
}

function go(by) {
  const at = current();
  const next = items[Math.min(Math.max(at < 0 ? 0 : at + by, 0), items.length - 1)];
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  const place = next.querySelector("a.page-no");
  if (place) document.dispatchEvent(new CustomEvent("in-hand", { detail: place.dataset.record })); // its page beside it
}

async function confirmItem(item) {
  const form = item.querySelector('form input[name="verdict"][value="confirmed"]')?.form;
  if (!form) return;
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const told = document.createElement("p");
  told.className = "verdict";
  told.setAttribute("role", "status");
  told.textContent = answer.ok ? "已确认" : "未能确认，请刷新页面查看";
  form.replaceWith(told);
  if (answer.ok) {
    item.classList.add("confirmed");
    item.querySelector(".pick-review")?.remove();
    go(1);
  }
}

if (items.length) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type=checkbox])")) return;
    const item = items[current()];
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "c" && item) confirmItem(item);
    else if (event.key === "x" && item) item.querySelector('input[name="record"][type="checkbox"]')?.click();
    else if (event.key === "e" && item) { const d = item.querySelector("details"); if (d) { d.open = true; d.querySelector("textarea")?.focus(); event.preventDefault(); } }
    else if (event.key === "o" && item) item.querySelector("a.page-no")?.click();
  });
}

"use strict";
// Every page works without this: it adds suggestions while typing and shows boxed pages without reloading.

const wait = (milliseconds, run) => {
  let timer;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => run(...given), milliseconds); };
};

const kinds = { agency: "单位", title: "文件", number: "文号" };

async function fetchSuggestions(typed) {
  const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`);
  return answer.ok ? answer.json() : [];
}

function suggestInto(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "提示");
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
  let chosen = -1;

  const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (place) => {
    const items = [...list.children];
    chosen = (place + items.length + 1) % (items.length + 1);
    if (chosen === items.length) chosen = -1;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", items[chosen].id); else input.removeAttribute("aria-activedescendant");
  };
  const take = (item) => { input.value = item.dataset.text; close(); input.form.requestSubmit(); };
  const show = (found) => {
    list.replaceChildren(...found.map((entry, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.dataset.text = entry.text;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const kind = document.createElement("small");
      kind.textContent = kinds[entry.kind] ?? "";
      item.append(entry.text, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
      return item;
    }));
    chosen = -1;
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const refresh = wait(120, async () => {
    const typed = input.value.trim();
    const found = typed ? await fetchSuggestions(typed).catch(() => []) : [];
    if (typed === input.value.trim() && document.activeElement === input) show(found);
  });
  input.addEventListener("input", refresh);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? list.children.length - 1 : chosen - 1); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(list.children[chosen]); }
  });
}

function completeNames(input) {
  const names = document.getElementById(input.getAttribute("list"));
  if (!names) return;
  input.addEventListener("input", wait(150, async () => {
    const found = input.value.trim() ? await fetchSuggestions(input.value.trim()).catch(() => []) : [];
    names.replaceChildren(...found.filter((entry) => entry.kind === "agency").map((entry) => {
      const option = document.createElement("option");
      option.value = entry.text;
      return option;
    }));
  }));
}

function showPages(section) {
  const image = section.querySelector("img");
  if (!image) return;
  const beside = "beside" in section.dataset; // a list that the page picture goes with: its address stays
  const show = (record) => {
    for (const marked of document.querySelectorAll(".chosen")) marked.classList.remove("chosen");
    for (const marked of document.querySelectorAll(`[data-task="${CSS.escape(record)}"]`)) marked.classList.add("chosen");
    document.querySelector(`:is(.brief, .review) [data-record="${CSS.escape(record)}"]`)?.closest("li").classList.add("chosen");
  };
  const load = async (record) => {
    const base = `/api/v1/documents/${section.dataset.document}`;
    const answer = await fetch(`${base}/places/${encodeURIComponent(record)}`);
    if (!answer.ok) return false;
    const place = await answer.json();
    if (!place.pages.length) return false;
    const url = `${base}/pages/${place.pages[0]}.png?record=${encodeURIComponent(record)}`;
    image.src = url;
    image.alt = `第 ${place.pages[0]} 页，所选文字已框出`;
    image.parentElement.href = url;
    section.querySelector("[data-page-label]").textContent = `第 ${place.pages[0]} 页`;
    section.classList.add("sheet"); // on narrow screens it rises over the text
    return true;
  };
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "收起";
  close.addEventListener("click", () => section.classList.remove("sheet"));
  section.querySelector(".picture-bar").append(close);
  document.addEventListener("in-hand", (event) => { show(event.detail); load(event.detail); });
  document.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[data-record]");
    const task = link ? null : event.target.closest("[data-task]");
    if (!link && (!task || event.target.closest("a"))) return;
    const record = link ? link.dataset.record : task.dataset.task;
    if (link) event.preventDefault();
    show(record);
    if (link && link.closest(".brief, .beside")) document.getElementById(`r-${record}`)?.scrollIntoView({ block: "center" });
    if (await load(record)) beside || history.replaceState(null, "", `?record=${encodeURIComponent(record)}#r-${record}`);
    else if (link) location.assign(link.href);
  });
}

function followJob(list) {
  if ("finished" in list.dataset) return;
  let next = Number(list.dataset.next);
  const source = new EventSource(`/api/v1/jobs/${list.dataset.job}/events`);
  source.addEventListener("line", (event) => {
    if (Number(event.lastEventId) < next) return;
    next += 1;
    const line = document.createElement("li");
    line.textContent = JSON.parse(event.data);
    list.append(line);
  });
  source.addEventListener("end", () => { source.close(); location.reload(); });
}

document.querySelectorAll("[data-job]").forEach(followJob);
document.querySelectorAll("input[data-suggest]").forEach(suggestInto);
document.querySelectorAll("input[list]").forEach(completeNames);
document.querySelectorAll(".picture").forEach(showPages);
for (const [which, width] of [["details.facets, details.fold", 980], [".outline details", 1180]]) {
  if (matchMedia(`(max-width: ${width}px)`).matches) for (const folded of document.querySelectorAll(which)) folded.open = false;
}

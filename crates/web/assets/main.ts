import htmx from "htmx.org";
import "./main.css";

// No style element, no eval, and no page with scores left in the browser's storage.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
});

document.documentElement.classList.add("js");

/** Whatever is sent says from which session's page; see src/ours.rs. */
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content;
  if (token) (event as CustomEvent).detail.headers["x-csrf-token"] = token;
});

/** An answer that says where it wants to stand is shown, refusals too: what was written stays as it is. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event as CustomEvent;
  if (detail.xhr.getResponseHeader("HX-Retarget")) detail.shouldSwap = true;
});

async function drawCharts(): Promise<void> {
  const places = document.querySelectorAll<HTMLElement>("[data-chart=ranking]");
  if (places.length === 0) return;
  const { drawRanking } = await import("./charts/ranking");
  places.forEach(drawRanking);
}

/** Forms that save themselves. */
async function saveByThemselves(): Promise<void> {
  const forms = document.querySelectorAll<HTMLFormElement>("form[data-autosave]");
  if (forms.length === 0) return;
  const { autosave } = await import("./autosave");
  forms.forEach(autosave);
}

/** Forms that attach files: sent piece by piece, with progress. */
async function attachFiles(): Promise<void> {
  const forms = document.querySelectorAll<HTMLFormElement>("form[data-uploads]");
  if (forms.length === 0) return;
  const { enhance } = await import("./evidence/upload");
  forms.forEach(enhance);
}

/** Sheets that are keyed in. */
async function keyByKeyboard(): Promise<void> {
  const forms = document.querySelectorAll<HTMLFormElement>("form[data-keying]");
  if (forms.length === 0) return;
  const { key } = await import("./keying");
  forms.forEach(key);
}

/** Shortcuts of those who appraise. */
async function listenForKeys(): Promise<void> {
  if (!document.querySelector("[data-keys], [data-decision]")) return;
  const { start } = await import("./appraisal");
  start();
}

/** A menu closes when one clicks elsewhere or presses Escape, which takes the focus back to it. */
function closeMenus(except?: Node): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  closeMenus(event.target);
  const all = event.target.closest<HTMLElement>("[data-open-all]");
  if (all) openAll(all);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector<HTMLElement>("details.menu[open] > summary")?.focus();
  closeMenus();
});

/** Opens every part of a tree, or closes them again. */
function openAll(button: HTMLElement): void {
  const parts = document.querySelectorAll<HTMLDetailsElement>(button.dataset["openAll"] ?? "");
  const open = button.getAttribute("aria-pressed") !== "true";
  parts.forEach((part) => (part.open = open));
  button.setAttribute("aria-pressed", String(open));
}

/** What is folded away is still printed. */
let unfolded: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")];
  unfolded.forEach((part) => (part.open = true));
});
addEventListener("afterprint", () => unfolded.forEach((part) => (part.open = false)));

/** A part of the page was replaced, as by sorting: say so to whoever doesn't see it. */
document.addEventListener("htmx:afterSettle", () => {
  const said = document.querySelector<HTMLElement>("[data-announce]")?.dataset["announce"];
  const live = document.getElementById("live");
  if (said && live) live.textContent = said;
});

document.querySelector<HTMLElement>(".error-summary")?.focus();
// What a page asks for comes after it; that all of it is there can be seen.
void Promise.all([drawCharts(), listenForKeys(), saveByThemselves(), attachFiles(), keyByKeyboard()]).then(() => {
  document.documentElement.dataset["ready"] = "";
});

/** Shortcuts and focus on the pages of appraisal. Everything they do is a button or a link as well. */

/** Where a reader has switched them off; nothing else is kept in the browser. */
const OFF = "keys-off";
const FORM_CONTROL = "input:not([type=radio],[type=checkbox],[type=hidden]), textarea, select, [contenteditable]";

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")];

/** The row that one is in: by focus, else the one last worked on, else the first that waits. */
let last: string | undefined;
function current(): HTMLElement | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]");
  return focused ?? rows().find((row) => row.id === last) ?? rows().find((row) => "owed" in row.dataset);
}

function goTo(row: HTMLElement | undefined): void {
  if (!row) return;
  last = row.id;
  row.querySelector<HTMLElement>("[data-focus]")?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by: number): void {
  const all = rows();
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]");
  const at = focused ? all.indexOf(focused) + by : all.indexOf(current() ?? all[0]!);
  goTo(all[Math.max(0, Math.min(at, all.length - 1))]);
}

/** The next row that waits, then the next page. */
function next(): void {
  const all = rows();
  const at = all.indexOf(current()!);
  const owed = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find((row) => "owed" in row.dataset);
  if (owed) goTo(owed);
  else document.querySelector<HTMLElement>("[data-next-page]")?.click();
}

/** Presses what a key stands for: in the row that one is in, else on the page. */
function press(key: string): boolean {
  const scope: ParentNode = current() ?? document;
  const found = [...scope.querySelectorAll<HTMLElement>(`[data-key="${key}"]`)].pop();
  if (!found) return false;
  last = current()?.id;
  found.click();
  if (found.matches("input[type=radio]")) {
    const way = found.closest(".radio")?.nextElementSibling;
    (way?.matches(".of-way") ? way.querySelector<HTMLElement>("input, select") : found)?.focus();
  }
  return true;
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !document.querySelector("[data-keys]")) return;
  if (localStorage.getItem(OFF) || (event.target as Element).closest?.(FORM_CONTROL)) return;
  const inRows = Boolean(document.activeElement?.closest("[data-rows] [data-row]"));
  const does: Record<string, () => boolean | void> = {
    j: () => step(1),
    k: () => step(-1),
    n: next,
    a: () => press("a"),
    e: () => press("e"),
    x: () => press("x"),
    "?": () => document.querySelector<HTMLElement>("[data-keys] > summary")?.click(),
  };
  // Arrows scroll the page unless one is in a row; radios keep theirs.
  if (inRows && !(event.target as Element).matches("input")) {
    does["ArrowDown"] = () => step(1);
    does["ArrowUp"] = () => step(-1);
  }
  const found = does[event.key];
  if (found && found() !== false) event.preventDefault();
}

/** A form below one row closes the one below another, unless something is written there: then one is brought back to it. */
function oneAtATime(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent).detail;
  if (requestConfig.verb !== "get" || !(elt as Element).matches("[data-rows] a[data-key=e]")) return;
  for (const open of document.querySelectorAll<HTMLElement>("[data-editing]")) {
    if (open.closest("tbody")?.contains(elt)) continue;
    if (open.querySelector("form[data-changed]")) {
      event.preventDefault();
      open.querySelector<HTMLElement>("textarea")?.focus();
      return;
    }
    open.remove();
  }
}

/** After a decision one goes on to the next row that waits; where the form came, into the form. */
function settled(event: Event): void {
  const row = (event as CustomEvent).detail.elt as HTMLElement;
  if (!row.matches?.("[data-rows] [data-row]")) return;
  last = row.id;
  const alert = row.querySelector<HTMLElement>("[data-editing] [data-focus]");
  const form = row.querySelector<HTMLElement>("[data-editing] input[type=radio]:checked, [data-editing] input[type=radio]");
  const live = document.getElementById("live");
  if (live) live.textContent = row.querySelector(".state")?.textContent?.trim() ?? "";
  if (alert) alert.focus();
  else if (form) {
    form.focus();
    row.querySelector("[data-editing]")?.scrollIntoView({ block: "nearest" });
  }
  else if (rows().some((other) => "owed" in other.dataset)) next();
  else goTo(row);
}

/** Chosen figures or a typed score say which way was meant. */
function chooseWay(event: Event): void {
  const target = event.target as HTMLElement;
  const form = target.closest<HTMLElement>("form[data-decision]");
  if (!form) return;
  form.dataset["changed"] = "";
  const way = target.closest(".of-way");
  const radio = way?.previousElementSibling?.querySelector<HTMLInputElement>("input[type=radio]");
  if (radio) radio.checked = true;
  if (target.matches("select[data-phrases]")) addPhrase(target as HTMLSelectElement, form);
}

function addPhrase(select: HTMLSelectElement, form: HTMLElement): void {
  const remark = form.querySelector<HTMLTextAreaElement>("textarea[name=remark]");
  if (!remark || select.selectedIndex < 1) return;
  remark.value = [remark.value.trim(), select.value].filter(Boolean).join(" ");
  select.selectedIndex = 0;
  remark.focus();
}

export function start(): void {
  const box = document.querySelector<HTMLInputElement>("[data-keys-switch]");
  if (box) {
    box.checked = !localStorage.getItem(OFF);
    box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  }
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", chooseWay);
  document.addEventListener("htmx:beforeRequest", oneAtATime);
  document.addEventListener("htmx:afterSettle", settled);
}

/** Keying sheets by keyboard alone: a digit picks a choice and goes on. Without this file the same boxes are filled in and sent. */

const boxes = (form: HTMLElement): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("input[data-kind]")];

function say(text: string): void {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
}

function goTo(box: HTMLElement | null | undefined): void {
  if (!box) return;
  box.focus();
  if (box instanceof HTMLInputElement) box.select();
  box.scrollIntoView({ block: "nearest" });
}

/** Fills a form's keys in. */
export function key(form: HTMLFormElement): void {
  const send = form.querySelector<HTMLElement>("button:not([type=button])");
  const after = (box: HTMLInputElement): HTMLElement | null => {
    const all = boxes(form);
    return all[all.indexOf(box) + 1] ?? send;
  };
  const before = (box: HTMLInputElement): HTMLInputElement | undefined => {
    const all = boxes(form);
    return all[all.indexOf(box) - 1];
  };
  const sectionOf = (box: HTMLElement) => box.closest<HTMLElement>("[data-section]");

  function nextSection(box: HTMLInputElement): HTMLElement | null {
    const sections = [...form.querySelectorAll<HTMLElement>("[data-section]")];
    const next = sections[sections.indexOf(sectionOf(box)!) + 1];
    return next?.querySelector<HTMLElement>("input[data-kind]") ?? send;
  }

  /** What of an agency that is rated has not been typed. */
  function missing(section: HTMLElement | null): HTMLInputElement | undefined {
    const own = section ? boxes(section) : [];
    const rated = own.some((box) => box.value !== "");
    return rated ? own.find((box) => box.dataset["kind"] === "one" && box.value === "") : undefined;
  }

  function put(box: HTMLInputElement, value: string): void {
    box.value = value;
    box.removeAttribute("aria-invalid");
    goTo(after(box));
  }

  function finish(box: HTMLInputElement): void {
    const open = missing(sectionOf(box));
    if (open) {
      say(form.dataset["missing"] ?? "");
      goTo(open);
    } else form.requestSubmit();
  }

  /** Whether the key was one of ours. */
  function pressed(box: HTMLInputElement, typed: string): boolean {
    const one = box.dataset["kind"] === "one";
    if (typed === "Enter") {
      if (!one && after(box) !== send) goTo(after(box));
      else finish(box);
    } else if (typed === "ArrowDown") goTo(after(box));
    else if (typed === "ArrowUp") goTo(before(box));
    else if (typed === "*" && box.dataset["kind"] !== "text") goTo(nextSection(box));
    else if (typed === "Backspace" && box.value === "") {
      const last = before(box);
      if (last && last.dataset["kind"] === "one") last.value = "";
      goTo(last);
    } else if (one && /^[0-9]$/.test(typed)) {
      if (Number(typed) <= Number(box.dataset["most"])) put(box, typed);
      else say(form.dataset["noChoice"] ?? "");
    } else if (one && /^[-?xX]$/.test(typed)) put(box, typed === "-" ? "-" : "?");
    else return one && typed.length === 1;
    return true;
  }

  form.addEventListener("keydown", (event) => {
    const box = event.target as HTMLInputElement;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !box.matches("input[data-kind]")) return;
    if (pressed(box, event.key)) event.preventDefault();
  });
  // Sent twice by a key that is held down, the sheet would be told as keyed already.
  form.addEventListener("submit", (event) => {
    if (form.dataset["sent"]) event.preventDefault();
    form.dataset["sent"] = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset["sent"]);
  // What was typed before this ran stands in the first box: each of its keys goes where it belongs.
  const first = boxes(form)[0];
  const early = first?.dataset["kind"] === "one" && !first.hasAttribute("aria-invalid") ? first.value : "";
  if (first && early.length > 0) {
    first.value = "";
    goTo(first);
    for (const typed of early) {
      const box = document.activeElement;
      if (box instanceof HTMLInputElement && form.contains(box)) pressed(box, typed);
    }
    return;
  }
  goTo(form.querySelector<HTMLInputElement>("input[aria-invalid]") ?? boxes(form).find((box) => box.value === "") ?? boxes(form)[0]);
}

import htmx from "htmx.org";

/** Typing rests for so long before it is saved. */
const REST = 800;
/** So long after a failure it is tried again, and at most so long after several. */
const RETRY = 4_000;
const LONGEST = 60_000;

type Kept = [name: string, value: string][];

/**
 * Saves a form whenever something in it has changed. What could not be saved stays in the form and, in case the page is left, in this
 * tab's storage until it is; the page says so. Every state is told in the live region `#saved`.
 */
export function autosave(form: HTMLFormElement): void {
  const place = document.getElementById("saved");
  const key = `unsaved ${new URL(form.action).pathname}`;
  /** How often something was changed, at all and when it was last sent. */
  let changed = 0;
  let sent = 0;
  let saved = 0;
  let failures = 0;
  let timer: number | undefined;

  const say = (text: string | undefined): void => {
    if (place && text && place.textContent !== text) place.textContent = text;
  };
  const later = (after: number): void => {
    clearTimeout(timer);
    timer = window.setTimeout(save, after);
  };
  const save = (): void => {
    clearTimeout(timer);
    if (changed > saved) htmx.trigger(form, "save", {});
  };
  const content = (): Kept =>
    [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[0] !== "csrf");
  const keep = (): void => {
    if (changed > saved) sessionStorage.setItem(key, JSON.stringify(content()));
    else sessionStorage.removeItem(key);
  };

  form.addEventListener("input", () => {
    changed += 1;
    say(form.dataset["waiting"]);
    later(REST);
  });
  form.addEventListener("change", () => save());
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = changed;
    keep();
  });
  form.addEventListener("htmx:beforeRequest", () => {
    sent = changed;
    say(form.dataset["saving"]);
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status >= 200 && xhr.status < 300) {
      saved = sent;
      failures = 0;
    } else if (xhr.status === 0 || xhr.status >= 500) {
      failures += 1;
      say(form.dataset["offline"]);
      later(Math.min(RETRY * 2 ** (failures - 1), LONGEST));
    } else {
      // Refused, and said why above the form: sending the same again changes nothing.
      say(form.dataset["waiting"]);
    }
    keep();
  });
  form.addEventListener("htmx:afterSettle", () => markWrong(form));
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || changed <= saved) return;
    keep();
    // A form that is left is sent once more; whether it arrived shows when the page is opened again.
    navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form) as unknown as Record<string, string>));
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-forget]")) {
      saved = changed;
      keep();
    }
  });

  if (restore(form, sessionStorage.getItem(key))) {
    changed += 1;
    say(form.dataset["restored"]);
    later(REST);
  } else {
    sessionStorage.removeItem(key);
    if (written(form)) {
      changed += 1;
      say(form.dataset["waiting"]);
      later(REST);
    }
  }
}

/** Whether something was filled in before the script was there. */
function written(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLInputElement) {
      return field.type !== "hidden" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked);
    }
    return field instanceof HTMLTextAreaElement && field.value !== field.defaultValue;
  });
}

/** Puts back what was kept, and says whether that differs from what is there. The revision stays the page's own. */
function restore(form: HTMLFormElement, kept: string | null): boolean {
  if (!kept) return false;
  const values = new Map(JSON.parse(kept) as Kept);
  values.delete("revision");
  let differs = false;
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      const chosen = values.get(field.name) === field.value;
      differs ||= field.checked !== chosen;
      field.checked = chosen;
    } else if ((field instanceof HTMLInputElement && field.type !== "hidden") || field instanceof HTMLTextAreaElement) {
      const value = values.get(field.name) ?? "";
      differs ||= field.value !== value;
      field.value = value;
    }
  }
  return differs;
}

/** A field whose error is shown is marked as wrong, and no longer once the error has gone. */
function markWrong(form: HTMLFormElement): void {
  for (const error of form.querySelectorAll<HTMLElement>("[data-for]")) {
    const wrong = (error.textContent ?? "").trim() !== "";
    error.closest(".field")?.classList.toggle("field-wrong", wrong);
    const named = form.elements.namedItem(error.dataset["for"] ?? "");
    if (!(named instanceof HTMLElement)) continue;
    if (wrong) named.setAttribute("aria-invalid", "true");
    else named.removeAttribute("aria-invalid");
  }
}

/// Respondents' pages: the code from behind #, answers kept on the device until the server has them, sending until acknowledged.
/// Without this script everything works by plain forms; nothing here decides anything.

import "./answering.css";

const WAITS = [3, 5, 10, 20, 40, 60];

/** Puts the page that the server answered in place of this one, and the reader at its beginning. */
function show(html: string): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main) return;
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.querySelector("main")?.replaceWith(main);
  begin();
  const told = main.querySelector<HTMLElement>("[role=alert], [role=status]") ?? main;
  told.focus();
  window.scrollTo(0, 0);
}

async function open(fields: URLSearchParams): Promise<void> {
  const answer = await fetch("/phieu", { method: "POST", body: fields });
  show(await answer.text());
}

/** The code of the address, which no server has seen. */
function codeOfAddress(): string {
  return decodeURIComponent(location.hash.slice(1));
}

function entrance(form: HTMLFormElement): void {
  const code = form.elements.namedItem("code");
  if (!(code instanceof HTMLInputElement)) return;
  const from = codeOfAddress();
  const fields = (lang?: string) => {
    const all = new URLSearchParams({ code: code.value || from });
    all.set("lang", lang ?? document.documentElement.lang);
    return all;
  };
  if (from && !document.querySelector(".problem")) {
    code.value = from;
    open(fields()).catch(() => undefined);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = code.value;
    open(fields()).then(
      // So that one may load the page again.
      () => history.replaceState(null, "", `#${encodeURIComponent(typed)}`),
      () => form.submit(),
    );
  });
}

/** Answers on this device: by what is rated and the end of the code. */
class Kept {
  readonly #key: string;

  constructor(form: HTMLFormElement) {
    const value = (name: string) => new FormData(form).get(name)?.toString() ?? "";
    this.#key = `phieu:${value("door") || value("code").slice(-9)}:${value("target")}`;
  }

  read(): [string, string][] {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "[]");
    } catch {
      return [];
    }
  }

  /** Whether the device keeps it: some refuse. */
  write(fields: [string, string][]): boolean {
    try {
      localStorage.setItem(this.#key, JSON.stringify(fields));
      return true;
    } catch {
      return false;
    }
  }

  forget(): void {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // Then there was nothing.
    }
  }
}

const isAnswer = (name: string) => /^\d+\./.test(name);

function answers(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]) => (isAnswer(name) && value ? [[name, value.toString()]] : []));
}

/** Fills in what is kept, where nothing is filled in yet. Gives whether anything was. */
function restore(form: HTMLFormElement, kept: [string, string][]): boolean {
  if (answers(form).length > 0) return false;
  for (const [name, value] of kept) {
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(`[name="${CSS.escape(name)}"]`)) {
      if (field instanceof HTMLInputElement && /radio|checkbox/.test(field.type)) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  return kept.length > 0;
}

/** How many questions of each agency are answered. */
function count(form: HTMLFormElement, words: string): void {
  for (const agency of form.querySelectorAll("details.agency")) {
    const state = agency.querySelector("[data-state]");
    const asked = [...agency.querySelectorAll("fieldset")];
    const done = asked.filter((question) => question.querySelector(":checked")).length;
    if (state) state.textContent = words.replace("{done}", String(done)).replace("{all}", String(asked.length));
  }
}

function survey(form: HTMLFormElement): void {
  const said = document.querySelector<HTMLElement>("main")?.dataset ?? {};
  const kept = new Kept(form);
  const tell = (text?: string) => {
    const place = form.querySelector("[data-kept]");
    if (place) place.textContent = text ?? "";
  };
  if (restore(form, kept.read())) tell(said["restored"]);
  count(form, said["rated"] ?? "");
  form.addEventListener("change", () => {
    if (kept.write(answers(form))) tell(said["kept"]);
    count(form, said["rated"] ?? "");
  });

  let sending = false;
  async function send(fields: URLSearchParams, tried = 0): Promise<void> {
    tell(said["sending"]);
    try {
      // A small question first: on a bad line it tells sooner whether there is one.
      if (tried > 0) await fetch("/phieu/ping", { method: "POST" });
      const answer = await fetch("/phieu/gui", { method: "POST", body: fields, headers: { accept: "application/json" } });
      if (answer.status < 500) {
        sending = false;
        if (!answer.ok) return show(await answer.text());
        kept.forget();
        return done(form, (await answer.json()).receipt);
      }
    } catch {
      // No line: the same as a server that has no time.
    }
    tell(said["waiting"]);
    const seconds = WAITS[Math.min(tried, WAITS.length - 1)] ?? 60;
    let timer = 0;
    const again = () => {
      clearTimeout(timer);
      removeEventListener("online", again);
      void send(fields, tried + 1);
    };
    timer = window.setTimeout(again, seconds * 1000);
    addEventListener("online", again);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.toString()]));
    if (button?.name) fields.set(button.name, button.value);
    if (button?.formAction.endsWith("/phieu")) {
      open(fields).catch(() => tell(said["waiting"]));
    } else if (!sending) {
      sending = true;
      void send(fields);
    }
  });
}

/** The receipt, in the words that came with the form. */
function done(form: HTMLFormElement, receipt: string): void {
  const words = form.querySelector<HTMLTemplateElement>("template[data-done-page]");
  const main = document.querySelector("main");
  if (!words || !main) return;
  main.replaceChildren(words.content.cloneNode(true));
  const place = main.querySelector(".receipt");
  if (place) place.textContent = receipt;
  main.querySelector<HTMLElement>("[role=status]")?.focus();
  window.scrollTo(0, 0);
}

function begin(): void {
  const entering = document.querySelector<HTMLFormElement>("form[data-entrance]");
  if (entering) entrance(entering);
  const asked = document.querySelector<HTMLFormElement>("form[data-form]");
  if (asked) survey(asked);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-language]")) {
    // The code behind # would be lost on the way.
    form.addEventListener("submit", (event) => {
      const lang = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "vi";
      event.preventDefault();
      location.assign(`/phieu?lang=${lang}${location.hash}`);
    });
  }
}

begin();

import { Upload, type UploadOptions } from "tus-js-client";

/** As much as the server keeps at once; see app's evidence/files.rs. */
const PIECE = 4 * 1024 * 1024;
/** For an outage of half an hour; afterwards one chooses the file again, and only what is missing is sent. */
const PATIENCE = [0, 1000, 3000, 5000, 10_000, ...Array<number>(60).fill(30_000)];
/** At once from one page: more would only share the same line. */
const AT_ONCE = 2;

type Sent = "stored" | "known" | "mislabelled";

/** A form that attaches files: with scripts they are dropped or chosen, and sent piece by piece with progress. */
export function enhance(form: HTMLFormElement): void {
  if (form.dataset["enhanced"]) return;
  form.dataset["enhanced"] = "yes";
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const list = form.querySelector<HTMLUListElement>(".attach-files");
  if (!input || !list) return;
  form.querySelector(".attach-drop")?.removeAttribute("hidden");
  form.querySelector<HTMLElement>("button")?.setAttribute("hidden", "");
  input.required = false;
  const queue = new Queue(form, list);
  input.addEventListener("change", () => {
    queue.add([...(input.files ?? [])]);
    input.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("attach-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("attach-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    queue.add(input.multiple ? files : files.slice(0, 1));
  });
}

/** The files of one form: some on their way, the others waiting. */
class Queue {
  private waiting: Row[] = [];
  private running = 0;
  private stored = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly list: HTMLUListElement,
  ) {}

  add(files: File[]): void {
    const most = Number(this.form.dataset["most"]) * 1024 * 1024;
    for (const file of files) {
      const row = new Row(this.form, this.list, file, (retried) => this.start(retried));
      if (file.size > most) row.fail(this.form.dataset["textLarge"] ?? "", false);
      else this.waiting.push(row);
    }
    this.next();
  }

  private start(row: Row): void {
    this.waiting.push(row);
    this.next();
  }

  private next(): void {
    while (this.running < AT_ONCE) {
      const row = this.waiting.shift();
      if (!row) break;
      this.running += 1;
      void row.send().then((stored) => {
        this.running -= 1;
        this.stored += stored ? 1 : 0;
        this.next();
      });
    }
    if (this.running === 0 && this.waiting.length === 0 && this.stored > 0) {
      this.stored = 0;
      void refresh(this.form);
    }
  }
}

/** A file on its way: its name, how far it is, and what became of it. */
class Row {
  private readonly bar = document.createElement("progress");
  private readonly said = document.createElement("span");
  private readonly item = document.createElement("li");

  constructor(
    private readonly form: HTMLFormElement,
    list: HTMLUListElement,
    private readonly file: File,
    private readonly retry: (row: Row) => void,
  ) {
    const name = document.createElement("strong");
    name.textContent = file.name;
    this.bar.max = Math.max(file.size, 1);
    this.bar.setAttribute("aria-label", file.name);
    this.item.append(name, " ", this.said, this.bar);
    list.append(this.item);
    this.say("waiting");
  }

  send(): Promise<boolean> {
    this.item.querySelector("button")?.remove();
    this.bar.hidden = false;
    this.say("sending");
    return new Promise((done) => {
      const upload = new Upload(this.file, this.options(done));
      // An upload of the same file that was broken off, even by closing the page, goes on where it was.
      void upload.findPreviousUploads().then(([before]) => {
        if (before) upload.resumeFromPreviousUpload(before);
        upload.start();
      });
    });
  }

  fail(why: string, mayRetry: boolean): void {
    this.bar.hidden = true;
    this.said.textContent = why || (this.form.dataset["textFailed"] ?? "");
    this.said.className = "field-error";
    if (!mayRetry) return;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn btn-sm";
    again.textContent = this.form.dataset["textRetry"] ?? "";
    again.addEventListener("click", () => this.retry(this));
    this.item.append(" ", again);
  }

  private options(done: (stored: boolean) => void): UploadOptions {
    const field = (name: string) => this.form.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? "";
    const metadata: Record<string, string> = { filename: this.file.name };
    for (const name of ["item", "document"]) if (field(name)) metadata[name] = field(name);
    let became: Sent = "stored";
    return {
      endpoint: this.form.dataset["uploads"] ?? "",
      chunkSize: PIECE,
      retryDelays: PATIENCE,
      removeFingerprintOnSuccess: true,
      metadata,
      headers: { "X-CSRF-Token": field("csrf") },
      // For another item the same file is another upload.
      fingerprint: async (file) => {
        if (!(file instanceof File)) return "";
        const of = [this.form.dataset["uploads"], field("item"), field("document"), file.name, file.size, file.lastModified];
        return `evidence ${of.join(" ")}`;
      },
      onProgress: (sent) => {
        this.bar.value = sent;
        this.say("sending");
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const again = status === 0 || status === 409 || status === 460 || status >= 500;
        if (again) this.say("interrupted");
        return again;
      },
      onAfterResponse: (_request, response) => {
        became = (response.getHeader("Upload-Result") as Sent | undefined) ?? became;
      },
      onSuccess: () => {
        this.bar.hidden = true;
        this.say("stored");
        if (became !== "stored") this.said.textContent += `. ${this.text(became)}`;
        done(true);
      },
      onError: (error) => {
        const response = "originalResponse" in error ? error.originalResponse : null;
        // What was refused once is refused again.
        this.fail(detail(response?.getBody()), response?.getStatus() !== 422);
        done(false);
      },
    };
  }

  private text(what: string): string {
    return this.form.dataset[`text${what.charAt(0).toUpperCase()}${what.slice(1)}`] ?? "";
  }

  private say(what: "stored" | "waiting" | "sending" | "interrupted"): void {
    const text = this.text(what);
    if (this.said.textContent === text) return;
    this.said.textContent = text;
    this.said.className = what === "interrupted" ? "field-error" : "hint";
  }
}

/** What the server says of a file that it did not take. */
function detail(body: string | undefined): string {
  try {
    const problem: unknown = JSON.parse(body ?? "");
    return typeof problem === "object" && problem && "detail" in problem ? String(problem.detail) : "";
  } catch {
    return "";
  }
}

/** Shows what is stored now, without losing what else is being written on the page. */
async function refresh(form: HTMLFormElement): Promise<void> {
  // A new version is a new state of the document, of which every form of its page must know.
  if (form.querySelector("input[name=document]")) return location.reload();
  const section = form.closest<HTMLElement>("section[id]");
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = section ?? document.querySelector<HTMLElement>("main");
  const fresh = place?.id ? page.getElementById(place.id) : null;
  if (!place || !fresh) return;
  const said = form.querySelector(".attach-files");
  place.replaceWith(fresh);
  // Whether something is missing without evidence stands beside.
  const score = page.getElementById("live-score");
  if (score) document.getElementById("live-score")?.replaceWith(score);
  const again = fresh.querySelector<HTMLFormElement>("form[data-uploads]");
  if (!again) return;
  if (said) again.querySelector(".attach-files")?.replaceWith(said);
  enhance(again);
}

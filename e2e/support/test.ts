import { type APIRequest, type Cookie, type Page, test as base } from "@playwright/test";
import { Demo } from "./demo";
import { binary } from "./program";
import { type Lang, WORDS } from "./words";

export { expect } from "@playwright/test";

/** People of the campaign's sheet `people`. */
export const PEOPLE = {
  standingBody: "noivu",
  officer: "stc.officer",
  head: "stc.head",
  headOfDistrict: "dongda.head",
  appraiser: "tochuc4",
  member: "hoidong1",
  operator: "vanhanh",
  keyer: "vien",
  secondKeyer: "vien2",
  thirdKeyer: "vien3",
  monitor: "giamsat",
} as const;
export type Person = keyof typeof PEOPLE;

/** How far the campaign is, of which there is a demonstration: see `parindex demo --help`. */
export const PHASES = ["council", "open", "appraisal1", "published"] as const;
export type Phase = (typeof PHASES)[number];

interface Options {
  /** The language that the browser asks for. */
  lang: Lang;
  /** Who is signed in when the test begins. */
  person: Person | null;
  /** Statuses with which the server is asked to answer, 0 for requests that never arrive; browsers tell of them in the console. */
  refusals: number[];
  phase: Phase;
  /** The test changes something: it has a demonstration for itself. */
  alone: boolean;
}

interface Fixtures {
  /** Where the demonstration answers. */
  address: string;
  /** Somebody else, in a browser window of their own. */
  windowOf: (person: Person) => Promise<Page>;
  words: (typeof WORDS)["vi"];
  quiet: void;
}

/** Every test fails when a page logs an error, breaks its content security policy or asks another server for something. */
export const test = base.extend<Options & Fixtures, { session: (address: string, person: Person) => Promise<Cookie[]> }>({
  lang: ["vi", { option: true }],
  person: [null, { option: true }],
  refusals: [[], { option: true }],

  phase: ["council", { option: true }],
  alone: [false, { option: true }],

  address: async ({ phase, alone }, use) => {
    if (!alone) return use(process.env[`PARINDEX_${phase}`] ?? "");
    const demo = await Demo.start(binary(), ["demo", "--from", phase]);
    await use(demo.address);
    await demo.stop();
  },
  baseURL: async ({ address }, use) => use(address),
  locale: async ({ lang }, use) => use(lang === "vi" ? "vi-VN" : "en-GB"),
  words: async ({ lang }, use) => use(WORDS[lang]),

  session: [
    async ({ playwright }, use) => {
      const known = new Map<string, Cookie[]>();
      await use(async (address, person) => {
        const key = `${address} ${person}`;
        const cookies = known.get(key) ?? (await signedIn(playwright.request, address, person));
        known.set(key, cookies);
        return cookies;
      });
    },
    { scope: "worker" },
  ],

  context: async ({ context, address, person, session }, use) => {
    if (person) await context.addCookies(await session(address, person));
    await use(context);
  },

  windowOf: async ({ browser, playwright, address, locale, javaScriptEnabled }, use) => {
    const opened: Page[] = [];
    await use(async (person) => {
      const context = await browser.newContext({ baseURL: address, locale: locale ?? "vi-VN", javaScriptEnabled: javaScriptEnabled ?? true });
      await context.addCookies(await signedIn(playwright.request, address, person));
      const page = await context.newPage();
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },

  quiet: [
    async ({ context, baseURL, refusals }, use) => {
      const faults: string[] = [];
      context.on("console", (message) => {
        if (message.type() !== "error" && message.type() !== "warning") return;
        const told = message.text();
        const status = /net::ERR_/.test(told) ? "0" : /server responded with a status of (\d+)|Response Status Error Code (\d+)/.exec(told)?.slice(1).find(Boolean);
        if (!status || !refusals.includes(Number(status))) faults.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => void faults.push(`script: ${error.error().message}`));
      context.on("request", (request) => {
        const { origin, protocol } = new URL(request.url());
        // The browser shows a PDF with what it has itself.
        if (origin !== baseURL && !protocol.startsWith("chrome")) faults.push(`another server: ${request.url()}`);
      });
      await context.exposeBinding("tellViolation", (_, text: string) => void faults.push(`content security policy: ${text}`));
      await context.addInitScript(() => {
        const tell = (window as unknown as { tellViolation: (text: string) => void }).tellViolation;
        document.addEventListener("securitypolicyviolation", (event) => tell(`${event.violatedDirective} ${event.blockedURI}`));
      });
      await use();
      base.expect(faults, "what pages did besides showing themselves").toEqual([]);
    },
    { auto: true },
  ],
});

/** The cookies of a session. Signing in by the page is a test of its own. */
export async function signedIn(request: APIRequest, address: string, person: Person): Promise<Cookie[]> {
  const visitor = await request.newContext({ baseURL: address });
  await visitor.post("/sign-in", { form: { person: PEOPLE[person] }, failOnStatusCode: true });
  const { cookies } = await visitor.storageState();
  await visitor.dispose();
  return cookies;
}

/** Waits until letters have their shapes. What else loads late has a test that waits for it. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
}

/** Waits until what the page's script brings after it is there, such as shortcuts: before, a key does nothing. */
export async function ready(page: Page): Promise<void> {
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
}

import { type APIRequest, type Cookie, type Page, test as base } from "@playwright/test";
import { type Lang, WORDS } from "./words";

export { expect } from "@playwright/test";

/** People of the campaign's sheet `people`. */
export const PEOPLE = {
  standingBody: "noivu",
  officer: "stc.officer",
  operator: "vanhanh",
} as const;
export type Person = keyof typeof PEOPLE;

interface Options {
  /** The language that the browser asks for. */
  lang: Lang;
  /** Who is signed in when the test begins. */
  person: Person | null;
  /** Statuses with which the server is asked to answer; browsers tell of them in the console. */
  refusals: number[];
}

interface Fixtures {
  words: (typeof WORDS)["vi"];
  quiet: void;
}

/** Every test fails when a page logs an error, breaks its content security policy or asks another server for something. */
export const test = base.extend<Options & Fixtures, { session: (person: Person) => Promise<Cookie[]> }>({
  lang: ["vi", { option: true }],
  person: [null, { option: true }],
  refusals: [[], { option: true }],

  baseURL: async ({}, use) => use(process.env["PARINDEX_URL"]),
  locale: async ({ lang }, use) => use(lang === "vi" ? "vi-VN" : "en-GB"),
  words: async ({ lang }, use) => use(WORDS[lang]),

  session: [
    async ({ playwright }, use) => {
      const known = new Map<Person, Cookie[]>();
      await use(async (person) => {
        const cookies = known.get(person) ?? (await signedIn(playwright.request, person));
        known.set(person, cookies);
        return cookies;
      });
    },
    { scope: "worker" },
  ],

  context: async ({ context, person, session }, use) => {
    if (person) await context.addCookies(await session(person));
    await use(context);
  },

  quiet: [
    async ({ context, baseURL, refusals }, use) => {
      const faults: string[] = [];
      context.on("console", (message) => {
        if (message.type() !== "error" && message.type() !== "warning") return;
        const status = /server responded with a status of (\d+)/.exec(message.text())?.[1];
        if (!status || !refusals.includes(Number(status))) faults.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => void faults.push(`script: ${error.error().message}`));
      context.on("request", (request) => {
        if (new URL(request.url()).origin !== baseURL) faults.push(`another server: ${request.url()}`);
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
async function signedIn(request: APIRequest, person: Person): Promise<Cookie[]> {
  const visitor = await request.newContext({ baseURL: process.env["PARINDEX_URL"] });
  await visitor.post("/sign-in", { form: { person: PEOPLE[person] }, failOnStatusCode: true });
  const { cookies } = await visitor.storageState();
  await visitor.dispose();
  return cookies;
}

/** Waits until letters have their shapes. What else loads late has a test that waits for it. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
}

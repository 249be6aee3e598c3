import type { Page } from "@playwright/test";
import type { Person } from "./test";
import { WORDS } from "./words";

/** A page as somebody sees it. */
export interface Shown {
  name: string;
  path: string;
  person: Person | null;
  /** The status with which it is answered, where it isn't 200. */
  status?: number;
  /** What one does first to see all of it. */
  first?: (page: Page) => Promise<void>;
}

const openField = async (page: Page) => page.getByRole("group").getByText(/^3\. /).click();
const chart = async (page: Page) => page.getByRole("img", { name: new RegExp(`^(${WORDS.vi.chart}|${WORDS.en.chart})`) }).waitFor();
const send = async (page: Page) => page.getByRole("button", { name: new RegExp(`^(${WORDS.vi.continue}|${WORDS.en.continue})$`) }).click();

/** Every kind of page, with every kind of content. */
export const PAGES: Shown[] = [
  { name: "sign-in", path: "/sign-in", person: null },
  { name: "sign-in-refused", path: "/sign-in", person: null, status: 422, first: send },
  { name: "home", path: "/", person: "standingBody" },
  { name: "home-of-agency", path: "/", person: "officer" },
  { name: "home-of-operator", path: "/", person: "operator" },
  { name: "ranking", path: "/ranking/department", person: "standingBody", first: chart },
  { name: "ranking-self", path: "/ranking/district?stream=self&sort=name", person: "standingBody", first: chart },
  { name: "agency", path: "/agencies/SNV", person: "standingBody", first: openField },
  { name: "agency-of-officer", path: "/agencies/STC?stream=appraisal1", person: "officer" },
  { name: "agency-not-assessed", path: "/agencies/BQLHL", person: "standingBody" },
  { name: "item", path: "/agencies/SNV/items/1.1.3", person: "standingBody" },
  { name: "item-survey", path: "/agencies/SNV/items/1.6.1", person: "standingBody" },
  { name: "item-survey-of-officer", path: "/agencies/STC/items/1.6.1", person: "officer" },
  { name: "item-by-hand", path: "/agencies/SNV/items/3.3.1", person: "standingBody" },
  { name: "item-not-applicable", path: "/agencies/SNV/items/3.2.1", person: "standingBody" },
  { name: "item-imported", path: "/agencies/SNV/items/8.5", person: "standingBody" },
  { name: "not-found", path: "/nothing", person: "standingBody", status: 404 },
  { name: "forbidden", path: "/ranking/department", person: "officer", status: 403 },
];

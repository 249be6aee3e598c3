import type { Page } from "@playwright/test";
import type { Person, Phase } from "./test";
import { says } from "./texts";
import { WORDS } from "./words";

/** A page as somebody sees it. */
export interface Shown {
  name: string;
  /** `{lang}` stands for the reader's language where it is part of the address. */
  path: string;
  person: Person | null;
  /** Of which demonstration, where it isn't the one at the council. */
  phase?: Phase;
  /** The status with which it is answered, where it isn't 200. */
  status?: number;
  /** What one does first to see all of it. */
  first?: (page: Page) => Promise<void>;
}

const openField = async (page: Page) => page.getByRole("group").getByText(/^3\. /).click();
const openPaper = async (page: Page) =>
  page.locator("summary", { hasText: new RegExp(`${says("council-on-paper", "vi")}|${says("council-on-paper", "en")}`) }).click();
const chart = async (page: Page) => page.getByRole("img", { name: new RegExp(`^(${WORDS.vi.chart}|${WORDS.en.chart})`) }).waitFor();
const send = async (page: Page) => page.getByRole("button", { name: new RegExp(`^(${WORDS.vi.continue}|${WORDS.en.continue})$`) }).click();

/** Every kind of page, with every kind of content. */
export const PAGES: Shown[] = [
  { name: "portal", path: "/public/{lang}/hanoi-2023/1", person: null, phase: "published" },
  { name: "portal-agency", path: "/public/{lang}/hanoi-2023/1/agencies/STC", person: null, phase: "published" },
  { name: "portal-fields", path: "/public/{lang}/hanoi-2023/1/fields/district", person: null, phase: "published" },
  { name: "portal-method", path: "/public/{lang}/hanoi-2023/1/method", person: null, phase: "published" },
  { name: "portal-questionnaires", path: "/public/{lang}/hanoi-2023/1/questionnaires", person: null, phase: "published" },
  { name: "portal-files", path: "/public/{lang}/hanoi-2023/1/files", person: null, phase: "published" },
  { name: "portal-verify", path: "/public/{lang}/hanoi-2023/1/verify", person: null, phase: "published" },
  { name: "releases", path: "/publication", person: "standingBody", phase: "published" },
  { name: "release", path: "/publication/1", person: "standingBody", phase: "published" },
  { name: "sign-in", path: "/sign-in", person: null },
  { name: "sign-in-refused", path: "/sign-in", person: null, status: 422, first: send },
  { name: "home", path: "/", person: "standingBody" },
  { name: "home-of-agency", path: "/", person: "officer" },
  { name: "home-of-operator", path: "/", person: "operator" },
  { name: "ranking", path: "/ranking/department", person: "standingBody", first: chart },
  { name: "ranking-self", path: "/ranking/district?stream=self&sort=name", person: "standingBody", first: chart },
  { name: "certainty", path: "/ranking/department/certainty", person: "standingBody" },
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
  { name: "second-factor", path: "/account/second-factor", person: "operator" },
  { name: "account", path: "/account", person: "officer" },
  { name: "inbox", path: "/inbox", person: "officer" },
  { name: "outbox", path: "/outbox", person: "operator" },
  { name: "people", path: "/people", person: "operator" },
  { name: "person", path: "/people/stc.officer", person: "operator" },
  { name: "person-new", path: "/new-person", person: "operator" },
  { name: "audit", path: "/audit", person: "standingBody" },
  { name: "course", path: "/campaign", person: "standingBody" },
  { name: "step", path: "/campaign/steps/return_to_round2", person: "standingBody" },
  { name: "agencies-states", path: "/campaign/agencies", person: "standingBody" },
  { name: "task", path: "/plan/12", person: "standingBody" },
  { name: "council", path: "/council", person: "standingBody" },
  { name: "council-of-member", path: "/council", person: "member" },
  { name: "council-question", path: "/council/questions/3", person: "standingBody", first: openPaper },
  { name: "council-question-of-member", path: "/council/questions/3", person: "member" },
  { name: "council-ask", path: "/council/ask/STC/1.1.3", person: "standingBody" },
  { name: "council-decide", path: "/council/decide", person: "standingBody" },
  { name: "council-minutes", path: "/council/minutes", person: "standingBody" },
  { name: "appraisal-final", path: "/agencies/STC/appraisal/1.1.3", person: "standingBody" },
  { name: "assessment-sent", path: "/agencies/STC/assessment/1.1.3", person: "officer" },
  { name: "explanations", path: "/agencies/STC/explanations", person: "officer" },
  { name: "explanation", path: "/agencies/STC/explanations/1.1.1", person: "officer" },

  { name: "home-open", path: "/", person: "officer", phase: "open" },
  { name: "assessment", path: "/agencies/STC/assessment", person: "officer", phase: "open" },
  { name: "assessment-item", path: "/agencies/STC/assessment/1.1.3", person: "officer", phase: "open" },
  { name: "assessment-level", path: "/agencies/STC/assessment/1.1.1", person: "officer", phase: "open" },
  { name: "assessment-assign", path: "/agencies/STC/assessment/assign", person: "officer", phase: "open" },
  { name: "assessment-sheet", path: "/agencies/STC/assessment/sheet", person: "officer", phase: "open" },
  { name: "assessment-check", path: "/agencies/STC/assessment/check", person: "head", phase: "open" },
  { name: "assessment-overview", path: "/agencies/STC/assessment/overview", person: "officer", phase: "open" },
  { name: "receipt", path: "/agencies/D006/assessment/receipt", person: "headOfDistrict", phase: "open" },
  { name: "evidence", path: "/agencies/STC/evidence", person: "officer", phase: "open" },
  { name: "document", path: "/agencies/STC/evidence/1", person: "officer", phase: "open" },
  { name: "step-with-consequences", path: "/campaign/steps/close_self_assessment", person: "standingBody", phase: "open" },
  { name: "campaign-agency", path: "/campaign/agencies/STC", person: "standingBody", phase: "open" },

  { name: "survey", path: "/survey", person: "keyer", phase: "open" },
  { name: "survey-plan", path: "/survey/plan", person: "keyer", phase: "open" },
  { name: "survey-rules", path: "/survey/plan/rules", person: "keyer", phase: "open" },
  { name: "survey-sample", path: "/survey/plan/forms/S2-2023", person: "keyer", phase: "open" },
  { name: "survey-form", path: "/survey/forms/S2-2023", person: "keyer", phase: "open" },
  { name: "survey-draw", path: "/survey/draw", person: "keyer", phase: "open" },
  { name: "survey-invitations", path: "/survey/invitations?form=S2-2023", person: "keyer", phase: "open" },
  { name: "survey-doors", path: "/survey/doors", person: "keyer", phase: "open" },
  { name: "survey-paper", path: "/survey/paper", person: "keyer", phase: "open" },
  { name: "survey-progress", path: "/survey/progress", person: "keyer", phase: "open" },
  { name: "survey-quality", path: "/survey/quality", person: "keyer", phase: "open" },
  { name: "survey-monitoring", path: "/survey/monitoring", person: "keyer", phase: "open" },
  { name: "survey-sources", path: "/survey/sources", person: "keyer", phase: "open" },
  { name: "survey-points", path: "/survey/points", person: "keyer", phase: "open" },
  { name: "survey-exports", path: "/survey/exports", person: "keyer", phase: "open" },

  { name: "appraisal", path: "/appraisal", person: "appraiser", phase: "appraisal1" },
  { name: "appraisal-across", path: "/appraisal/department/1.1.3", person: "appraiser", phase: "appraisal1" },
  { name: "appraisal-agency", path: "/agencies/STC/appraisal", person: "appraiser", phase: "appraisal1" },
  { name: "appraisal-item", path: "/agencies/STC/appraisal/1.1.3", person: "appraiser", phase: "appraisal1" },
  { name: "approvals", path: "/campaign/approvals", person: "standingBody", phase: "appraisal1" },
];

import type { APIRequest, APIRequestContext } from "@playwright/test";
import { pdf } from "./files";
import { type Person, type Phase, signedIn } from "./test";

/** Puts into a demonstration what pages show and the campaign's files don't have: a document, what an agency
 *  has submitted, a question to the council, signed papers, a file that a task has delivered, an open link to a form that rates many agencies. */
export async function furnish(request: APIRequest, phase: Phase, address: string): Promise<void> {
  if (phase === "open") {
    const officer = await session(request, address, "officer");
    const multipart = { csrf: await token(officer), back: "/agencies/STC/evidence", item: "1.1.3", file: pdf("Báo cáo 1.1.3") };
    await officer.post("/agencies/STC/evidence", { multipart, failOnStatusCode: true });
    await officer.dispose();
    const head = await session(request, address, "headOfDistrict");
    const check = "/agencies/D006/assessment/check";
    const page = await (await head.get(check)).text();
    const values = (name: string) => [...page.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, "g"))].map(([, value]) => value ?? "");
    const form = new URLSearchParams([["csrf", await token(head)], ...["hash", "ack"].flatMap((name) => values(name).map((value) => [name, value]))]);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    await head.post(check, { data: form.toString(), headers, failOnStatusCode: true });
    await head.dispose();
    const institute = await session(request, address, "keyer");
    const door = { csrf: await token(institute), form: "S1-2023", agency: "", place: "Kỳ họp Hội đồng nhân dân", limit: "200" };
    await institute.post("/survey/doors", { form: door, failOnStatusCode: true });
    await institute.dispose();
  }
  if (phase === "council") {
    const standingBody = await session(request, address, "standingBody");
    const csrf = await token(standingBody);
    await standingBody.post("/council", { form: { csrf, on: "2024-02-05", place: "Phòng họp số 1", chair: "hoidong1" }, failOnStatusCode: true });
    const form = { csrf, "in.done": "3", score: "", reason: "Chấp nhận theo văn bản bổ sung" };
    await standingBody.post("/council/ask/STC/1.1.3", { form, failOnStatusCode: true });
    await standingBody.post("/council/papers", { multipart: { csrf, file: pdf("Phiếu lấy ý kiến") }, failOnStatusCode: true });
    await standingBody.post("/plan/12/deliverables", { multipart: { csrf, title: "", file: pdf("Báo cáo") }, failOnStatusCode: true });
    await standingBody.dispose();
  }
}

async function session(request: APIRequest, address: string, person: Person): Promise<APIRequestContext> {
  const cookies = await signedIn(request, address, person);
  return request.newContext({ baseURL: address, storageState: { cookies, origins: [] }, extraHTTPHeaders: { "sec-fetch-site": "same-origin" } });
}

async function token(of: APIRequestContext): Promise<string> {
  return /name="csrf" content="([^"]+)"/.exec(await (await of.get("/account")).text())?.[1] ?? "";
}

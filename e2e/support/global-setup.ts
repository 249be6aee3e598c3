import { request } from "@playwright/test";
import { Demo } from "./demo";
import { furnish } from "./furnish";
import { binary } from "./program";
import { PHASES } from "./test";

/** A demonstration of each phase for all tests: they read it and sign in to it, and none changes its figures. */
export default async function setUp(): Promise<() => Promise<void>> {
  const demos = await Promise.all(PHASES.map((phase) => Demo.start(binary(), ["demo", "--from", phase])));
  for (const [at, phase] of PHASES.entries()) {
    process.env[`PARINDEX_${phase}`] = demos[at]?.address;
    await furnish(request, phase, demos[at]?.address ?? "");
  }
  return async () => {
    for (const demo of demos) await demo.stop();
  };
}

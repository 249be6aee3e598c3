import { Demo } from "./demo";
import { binary } from "./program";

/** One demonstration for all tests: they read it and sign in to it, and none changes its figures. */
export default async function setUp(): Promise<() => Promise<void>> {
  const demo = await Demo.start(binary());
  process.env["PARINDEX_URL"] = demo.address;
  return () => demo.stop();
}

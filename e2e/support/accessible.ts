import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test";

/** WCAG 2.2 AA with what comes before it, and axe's own good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Axe finds nothing. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // Only a document's own page has a frame, and that is not ours: axe needs no page of its own to gather their results.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(RULES).analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}:\n  ${nodes.map((node) => node.html).join("\n  ")}`);
  expect.soft(told, `axe on ${where}`).toEqual([]);
}

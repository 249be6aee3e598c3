import type { Page } from "@playwright/test";
import { expect, settled } from "./test";

/** Everything fits, at the latest when charts have followed a change of the window. */
export async function expectFit(page: Page, where: string): Promise<void> {
  await expect.configure({ soft: true }).poll(() => misfits(page), { message: where, timeout: 5000 }).toEqual([]);
}

/** What doesn't fit into the page's width: the page itself, texts that are cut off, tables outside of a region that scrolls. */
async function misfits(page: Page): Promise<string[]> {
  await settled(page);
  return page.evaluate((width) => {
    const found: string[] = [];
    const what = (element: Element) => `<${element.tagName.toLowerCase()}> ${(element.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, 60)}`;
    // Not against innerWidth: a phone zooms out until the widest thing fits.
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > width) found.push(`the page is ${scrollWidth} px wide`);

    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      const { overflowX, textOverflow, visibility } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      // What is there for the ear only is a pixel high.
      if (width === 0 || height <= 1 || visibility === "hidden" || element.closest("svg")) continue;
      const cut = ["hidden", "clip"].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
      // "…" may stand for what a link on the same page leads to.
      const continued = textOverflow === "ellipsis" && element.querySelector("a[href^='#']");
      if (cut && !continued && element.textContent?.trim()) found.push(`cut off: ${what(element)}`);
    }

    for (const table of document.querySelectorAll("table")) {
      const region = table.closest<HTMLElement>("[role=region]");
      const named = region?.getAttribute("aria-label") || document.getElementById(region?.getAttribute("aria-labelledby") ?? "")?.textContent;
      if (!region || !named || region.tabIndex !== 0) found.push(`in no region with a name and a stop for Tab: ${what(table)}`);
    }
    return found;
  }, page.viewportSize()?.width ?? 0);
}

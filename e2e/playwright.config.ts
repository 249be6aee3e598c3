import { defineConfig } from "@playwright/test";

/** Debian's Chromium: no browser is ever downloaded. */
const launchOptions = {
  executablePath: process.env["PARINDEX_CHROMIUM"] || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const desktop = { viewport: { width: 1366, height: 900 } };
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

export default defineConfig({
  testDir: "tests",
  outputDir: "artefacts/tests",
  globalSetup: "./support/global-setup.ts",
  fullyParallel: true,
  workers: 2,
  // Nothing here waits for a clock: what is flaky shall be seen.
  retries: 0,
  forbidOnly: true,
  // A machine may be slow, and several builds may run beside.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    launchOptions,
    actionTimeout: 20_000,
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
  },
  // A test runs on the desktop, unless it is tagged for another; those tagged @phone or @any-script run there too.
  projects: [
    { name: "desktop", use: desktop, grepInvert: /@phone-only|@without-script/ },
    { name: "phone", use: phone, grep: /@phone/ },
    { name: "without-script", use: { ...desktop, javaScriptEnabled: false }, grep: /@without-script|@any-script/ },
  ],
});

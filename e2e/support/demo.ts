import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const ARTEFACTS = join(import.meta.dirname, "../artefacts");

/** What `demo` prints on standard error once it listens. */
const LISTENS = /^parindex: (http:\/\/\S+) — /m;

/** A debug build lays out and reads its workbook first, and the machine may be busy. */
const START_SECONDS = 60;
const STOP_SECONDS = 10;

/** A line of the server's log that no test provokes: a fault of ours, or a text that is missing. */
const FAULT = /^.*( ERROR |panicked at).*$/gm;

/** `parindex demo`, or another command that serves, on a free port of the loopback. */
export class Demo {
  /** Such as `http://127.0.0.1:8243`. */
  address = "";
  private log = "";

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(binary: string, command: string[] = ["demo"], where?: string): Promise<Demo> {
    const folder = where ?? mkdtempSync(join(tmpdir(), "parindex-e2e-"));
    const args = [...command, "--host", "127.0.0.1", "--port", "0", ...(where ? [] : ["--data", folder])];
    const env = { ...process.env, NO_COLOR: "1", PARINDEX_LOG: "info" };
    const child = spawn(binary, args, { env, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const demo = new Demo(child, folder);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (demo.log += text));
    child.on("error", (error) => (demo.log += `${binary} can't be started: ${error.message}\n`));
    // Also when the test runner is stopped half-way.
    process.once("SIGTERM", () => process.exit(1));
    process.once("exit", () => demo.kill());
    try {
      demo.address = await demo.listens();
      return demo;
    } catch (error) {
      await demo.end();
      throw error;
    }
  }

  private async listens(): Promise<string> {
    for (const until = Date.now() + START_SECONDS * 1000; Date.now() < until; await pause(100)) {
      const address = LISTENS.exec(this.log)?.[1];
      if (address && (await fetch(`${address}/healthz`).then((answer) => answer.ok, () => false))) return address;
      if (this.hasEnded) break;
    }
    throw new Error(`\`parindex ${this.process.spawnargs[1]}\` didn't begin to answer. What it said:\n${this.log}`);
  }

  /** Ends the program, and fails if its log tells of faults. */
  async stop(): Promise<void> {
    await this.end();
    const faults = this.log.match(FAULT);
    if (faults) throw new Error(`the server's log tells of ${faults.length} faults:\n${faults.slice(0, 20).join("\n")}`);
  }

  private async end(): Promise<void> {
    this.process.kill("SIGTERM");
    const until = Date.now() + STOP_SECONDS * 1000;
    while (!this.hasEnded && Date.now() < until) await pause(50);
    const ended = this.hasEnded;
    this.kill();
    mkdirSync(ARTEFACTS, { recursive: true });
    writeFileSync(join(ARTEFACTS, `server-${this.process.spawnargs[1]}.log`), this.log);
    if (!ended) throw new Error(`\`parindex ${this.process.spawnargs[1]}\` didn't end within ${STOP_SECONDS} s of SIGTERM`);
  }

  private kill(): void {
    if (!this.hasEnded && this.process.pid) process.kill(this.process.pid, "SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get hasEnded(): boolean {
    return this.process.pid === undefined || this.process.exitCode !== null || this.process.signalCode !== null;
  }
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Demo } from "./demo";
import { binary, sheet, type Standing } from "./program";
import { read } from "./sheets";

/** The agencies that take part; the others are listed only. One of each block. */
export const TAKING_PART = ["STC", "D006"] as const;

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** What of the shipped campaign a city begins with. */
interface Beginning {
  /** The agencies that take part. */
  agencies?: readonly string[];
  /** Whether the survey is still to be held: nothing of it is counted. */
  survey?: "held" | "ahead";
}

/** A copy of the shipped campaign before it opens: some agencies with what they prepared, every window still long. */
function prepared(folder: string, { agencies = TAKING_PART, survey = "held" }: Beginning): void {
  const change: Record<string, (rows: Record<string, string>[]) => Record<string, string>[]> = {
    campaign: (rows) => rows.map((row) => (row["key"] === "phase" ? { ...row, value: "draft" } : row)),
    agencies: (rows) => rows.map((row) => ({ ...row, assessed: agencies.some((code) => code === row["code"]) ? "yes" : "no" })),
    claims: (rows) => rows.filter((row) => row["stream"] === "self" && agencies.some((code) => code === row["agency"])),
    ...(survey === "ahead" && { tallies: () => [] }),
    tasks: (rows) => {
      const held = rows.find((row) => row["window"] === "fieldwork")?.["section"];
      const isAhead = (row: Record<string, string>) => row["window"] || (survey === "ahead" && row["section"] === held);
      return rows.map((row) => (isAhead(row) ? { ...row, due: "2199-12-31", status: "planned", done_on: "" } : row));
    },
  };
  for (const file of readdirSync(join(sheet("campaign"), ".."))) {
    const name = file.replace(/\.csv$/, "");
    if (name === file) continue;
    const rows = change[name]?.(read(name));
    const [head = ""] = readFileSync(sheet(name), "utf8").split(/\r?\n/, 1);
    const text = rows ? [head, ...rows.map((row) => head.split(",").map((column) => quoted(row[column] ?? "")).join(","))].join("\n") : "";
    writeFileSync(join(folder, file), rows ? `${text}\n` : readFileSync(sheet(name)));
  }
}

/** A server on a campaign that is about to begin, with a database of its own, and the real clock. */
export class City {
  private constructor(
    private readonly folder: string,
    private readonly server: Demo,
  ) {}

  static async found(beginning: Beginning = {}): Promise<City> {
    const folder = mkdtempSync(join(tmpdir(), "parindex-city-"));
    const database = `sqlite:${join(folder, "city.sqlite")}`;
    const workbook = mkdtempSync(join(folder, "workbook-"));
    prepared(workbook, beginning);
    execFileSync(binary(), ["import", workbook, "--database", database], { cwd: folder, stdio: "pipe" });
    execFileSync(binary(), ["key", "signing-key"], { cwd: folder, stdio: "pipe" });
    const serve = ["serve", "--demonstration-sign-in", "--database", database, "--signing-key", "signing-key"];
    const server = await Demo.start(binary(), serve, folder);
    return new City(folder, server);
  }

  get address(): string {
    return this.server.address;
  }

  /** What `parindex score` says of what `parindex export` writes. */
  score(stream: string): Standing[] {
    const exported = join(this.folder, "exported");
    execFileSync(binary(), ["export", exported, "--database", `sqlite:${join(this.folder, "city.sqlite")}`], { stdio: "pipe" });
    const printed = execFileSync(binary(), ["score", exported, "--stream", stream, "--format", "json"], { encoding: "utf8" });
    rmSync(exported, { recursive: true });
    return JSON.parse(printed).rows;
  }

  /** What `parindex audit verify` says of its log. */
  verify(): string {
    return execFileSync(binary(), ["audit", "verify", "--database", `sqlite:${join(this.folder, "city.sqlite")}`], { encoding: "utf8" });
  }

  /** What `parindex verify` says of a release, by the city's public key. */
  verifyRelease(zip: Buffer): string {
    const file = join(this.folder, "release.zip");
    writeFileSync(file, zip);
    return execFileSync(binary(), ["verify", file, "--key", join(this.folder, "signing-key.pub")], { encoding: "utf8" });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

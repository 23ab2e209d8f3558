/**
 * A learner's side of the board: what board it is, and what it has still to be
 * told. All of it stands in `.course/`, which git ignores.
 *
 * A check writes its report into a folder, and a program of its own sends what
 * stands there, in the background. So a board that is gone, slow or malicious
 * delays nothing, and what could not be sent is sent with the next one.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import type { Verdict } from "../../kit/case.ts";
import { writeWhole } from "../../kit/whole_file.ts";
import type { Report } from "./report.ts";

const folder = new URL(".course/board/", root);
const file = new URL("member.json", folder);

/** Where reports wait to be sent, a file each. */
export const outbox: URL = new URL("outbox/", folder);

/** What failed last, for who asks for help: its case and its steps, no more. */
export const lastFailure: URL = new URL("last_failure.json", folder);

/** Only the learner may read these files: his secret is in one. */
const OWN = { mode: 0o600 };

/** The most reports that wait; the oldest go first. */
const MOST_WAITING = 1000;

/** What a learner's tool knows of its board. */
export interface Membership {
  /** Where the board is: `http://10.0.0.5:8000`. */
  readonly origin: string;
  /** What the learner is called there. */
  readonly nickname: string;
  /** By which the board knows that this is the one who joined. */
  readonly secret: string;
  /** How many checks of each lesson there were, by its name. */
  readonly attempts: Readonly<Record<string, number>>;
}

/** Reads the membership; `undefined` where no board is joined. */
export async function readMembership(): Promise<Membership | undefined> {
  try {
    return parseMembership(await Deno.readTextFile(file));
  } catch {
    return undefined; // there is none, or it cannot be read
  }
}

function parseMembership(text: string): Membership | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return undefined;
  const { origin, nickname, secret, attempts }: Record<string, unknown> = {
    ...value,
  };
  if (
    typeof origin !== "string" || typeof nickname !== "string" ||
    typeof secret !== "string"
  ) return undefined;
  const counts = Object.entries({ ...(attempts ?? {}) }).filter((
    entry,
  ): entry is [string, number] => typeof entry[1] === "number");
  return { origin, nickname, secret, attempts: Object.fromEntries(counts) };
}

/** Keeps a membership, for this user's eyes only. */
export async function writeMembership(membership: Membership): Promise<void> {
  await Deno.mkdir(outbox, { recursive: true });
  await writeWhole(file, JSON.stringify(membership, null, 2) + "\n", OWN);
}

/** Leaves the board: nothing is told any more, and what waits is thrown away. */
export async function forgetMembership(): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** How many reports wait. */
export function countWaiting(): number {
  return waiting().length;
}

/** The reports that wait, the oldest first. */
export function waiting(): URL[] {
  try {
    return [...Deno.readDirSync(outbox)].map(({ name }) => name)
      .filter((name) => name.endsWith(".json")).sort()
      .map((name) => new URL(name, outbox));
  } catch {
    return []; // nothing was ever told
  }
}

/** What a check found, without what only the board's file needs. */
export type Finding = Omit<Report, "id" | "at" | "attempt">;

/** What the board is told of a check of a whole exercise. @param failed The first case that failed, where one did. */
export function toFinding(
  lesson: string,
  passed: number,
  failed?: Verdict,
): Finding {
  const idea = failed?.failure?.misunderstanding;
  return {
    lesson,
    passed,
    isWhole: failed === undefined,
    ...(failed ? { failed: failed.case.name } : {}),
    ...(idea ? { misunderstanding: idea.says } : {}),
  };
}

/**
 * Tells the board what a check found, if one is joined: the report is kept, and
 * a program that this one does not wait for sends it. Whatever goes wrong, the
 * check is not told.
 *
 * @param steps The steps of the case that failed, for who asks for help.
 */
export async function tellBoard(
  finding: Finding,
  steps: readonly string[] = [],
): Promise<void> {
  try {
    const membership = await readMembership();
    if (!membership) return;
    const { lesson, failed } = finding;
    const attempt = (membership.attempts[lesson] ?? 0) + 1;
    const attempts = { ...membership.attempts, [lesson]: attempt };
    await writeMembership({ ...membership, attempts });
    const id = crypto.randomUUID();
    const at = Date.now();
    const report: Report = { id, at, attempt, ...finding };
    const name = `${String(at).padStart(15, "0")}-${id}.json`;
    await writeWhole(new URL(name, outbox), JSON.stringify(report), OWN);
    if (failed !== undefined) {
      const failure = JSON.stringify({ lesson, failed, steps });
      await writeWhole(lastFailure, failure, OWN);
    }
    for (const old of waiting().slice(0, -MOST_WAITING)) {
      Deno.removeSync(old);
    }
    sendInBackground(membership);
  } catch {
    // A full disk, or a folder that is not ours: the learner came for a verdict.
  }
}

/** Starts the program that sends what waits. It may reach the board and `.course/board`, and nothing else. */
export function sendInBackground({ origin }: Membership): void {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-lock",
      `--allow-net=${new URL(origin).host}`,
      `--allow-read=${fromFileUrl(folder)}`,
      `--allow-write=${fromFileUrl(folder)}`,
      fromFileUrl(new URL("send.ts", import.meta.url)),
    ],
    cwd: fromFileUrl(root),
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true, // it may end a little later than this program
  }).spawn();
  child.unref();
}

/**
 * What a learner's tool tells the board, and the limits of it.
 *
 * Never a byte of an answer: a report names a lesson, a case and a
 * misunderstanding by what the course itself calls them.
 *
 * @module
 */

/** What came of one check of an exercise. */
export interface Report {
  /** Its own, a UUID: a report that comes twice counts once. */
  readonly id: string;
  /** When it was, in milliseconds since 1970, by the learner's clock. */
  readonly at: number;
  /** The lesson's name, `NN_name`. */
  readonly lesson: string;
  /** Which check of this exercise it was, from 1. */
  readonly attempt: number;
  /** How many cases passed before the first that failed. */
  readonly passed: number;
  /** Whether all did. */
  readonly isWhole: boolean;
  /** The name of the case that failed, where one did. */
  readonly failed?: string;
  /** The misunderstanding that showed, in the check's words. */
  readonly misunderstanding?: string;
}

/** What a learner shows of a case that failed: never the program. */
export interface Share {
  /** The case's name. */
  readonly failed: string;
  /** The steps that were taken, the last one being the one that failed. */
  readonly steps: readonly string[];
  /** What passed between the programs, as the ladder shows it. */
  readonly wire: string;
}

/** A question of a learner: a hand that is up. */
export interface Hand {
  /** The lesson that it is about, `NN_name`. */
  readonly lesson: string;
  /** What is asked; may be empty. */
  readonly text: string;
  /** What is shown, where something is. */
  readonly share?: Share;
}

/** The most bytes of a request's body. */
export const MOST_BODY = 64 * 1024;

/** The most reports that one request brings. */
export const MOST_REPORTS = 100;

/** The most characters of a nickname. */
export const MOST_NAME = 24;

/** The most characters of a question, and of a step. */
export const MOST_TEXT = 500;

/** The most characters of a run on the wire. */
export const MOST_WIRE = 32 * 1024;

/** The most steps of a case. */
export const MOST_STEPS = 60;

/** Control characters, and those that hide, or change the order of what stands around them. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/** Something is not what the board takes. The message can be sent to whoever sent it. */
export class BadRequest extends Error {
  /** `BadRequest`. */
  override name = "BadRequest";

  /** What is wrong, in one line. @param status HTTP's number for it. */
  constructor(message: string, readonly status = 400) {
    super(message);
  }
}

/** A nickname as it is kept, without blanks around it. @throws {BadRequest} Where it is none. */
export function readNickname(value: unknown): string {
  const name = typeof value === "string" ? value.normalize("NFC").trim() : "";
  if (name === "" || [...name].length > MOST_NAME || HIDDEN.test(name)) {
    throw new BadRequest(`a nickname has 1 to ${MOST_NAME} characters`);
  }
  return name;
}

/** Two nicknames that look alike to a reader are the same one. */
export function foldNickname(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ");
}

/** The reports of a request's body. @throws {BadRequest} Where it is something else. */
export function readReports(body: unknown): Report[] {
  const { reports } = readObject(body, "the body");
  if (!Array.isArray(reports) || reports.length > MOST_REPORTS) {
    throw new BadRequest(`at most ${MOST_REPORTS} reports, in an array`);
  }
  return reports.map(readReport);
}

function readReport(value: unknown): Report {
  const {
    id,
    at,
    lesson,
    attempt,
    passed,
    isWhole,
    failed,
    misunderstanding,
  } = readObject(value, "a report");
  if (typeof isWhole !== "boolean") {
    throw new BadRequest("isWhole is true or false");
  }
  return {
    id: readText(id, "id", 40),
    at: readCount(at, "at", Number.MAX_SAFE_INTEGER),
    lesson: readText(lesson, "lesson", 60),
    attempt: readCount(attempt, "attempt", 1e9),
    passed: readCount(passed, "passed", 10_000),
    isWhole,
    ...(failed === undefined
      ? {}
      : { failed: readText(failed, "failed", 300) }),
    ...(misunderstanding === undefined ? {} : {
      misunderstanding: readText(misunderstanding, "misunderstanding", 600),
    }),
  };
}

/** A hand of a request's body. @throws {BadRequest} Where it is something else. */
export function readHand(body: unknown): Hand {
  const { lesson, text, share } = readObject(body, "the body");
  return {
    lesson: readText(lesson, "lesson", 60),
    text: readText(text, "text", MOST_TEXT),
    ...(share === undefined ? {} : { share: readShare(share) }),
  };
}

function readShare(value: unknown): Share {
  const { failed, steps, wire } = readObject(value, "share");
  if (!Array.isArray(steps) || steps.length > MOST_STEPS) {
    throw new BadRequest(`at most ${MOST_STEPS} steps, in an array`);
  }
  return {
    failed: readText(failed, "failed", 300),
    steps: steps.map((step) => readText(step, "a step", MOST_TEXT)),
    wire: readText(wire, "wire", MOST_WIRE),
  };
}

/** An object of JSON. @throws {BadRequest} Where it is something else. */
export function readObject(
  value: unknown,
  what: string,
): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return { ...value };
  }
  throw new BadRequest(`${what} is no object`);
}

/** A text of so many characters at most. @throws {BadRequest} Where it is something else. */
export function readText(value: unknown, what: string, most: number): string {
  if (typeof value === "string" && value.length <= most) return value;
  throw new BadRequest(`${what} is a text of at most ${most} characters`);
}

function readCount(value: unknown, what: string, most: number): number {
  if (
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 &&
    value <= most
  ) return value;
  throw new BadRequest(`${what} is a whole number from 0 to ${most}`);
}

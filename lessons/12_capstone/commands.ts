/**
 * What can be asked for with words, and how the reply reads.
 *
 * @module
 */
import { UsageError } from "@lessons/program.ts";
import type { Role } from "./store.ts";

/** A command. */
export interface Command {
  /** Its words, the first its name: `select CODE`. The last takes what is left where it ends in `...`. */
  readonly usage: string;
  /** What it does, for a menu. */
  readonly about: string;
  /** Whose menu it stands in. */
  readonly roles: readonly Role[];
  /** Whether nobody needs to log in for it. */
  readonly isForAll?: boolean;
  /** Whether it needs the password of somebody new. */
  readonly asksPassword?: boolean;
  /** The request that its words stand for, but for the id. */
  readonly request: (...words: string[]) => Readonly<Record<string, unknown>>;
}

/** All commands. */
export const commands: readonly Command[] = [
  {
    usage: "ping",
    about: "is somebody there?",
    roles: [],
    isForAll: true,
    request: () => ({ op: "ping" }),
  },
  {
    usage: "courses",
    about: "all courses, and the seats that are left",
    roles: ["student", "teacher", "admin"],
    isForAll: true,
    request: () => ({ op: "courses" }),
  },
  {
    usage: "select CODE",
    about: "ask for a seat",
    roles: ["student"],
    request: (course) => ({ op: "select", course }),
  },
  {
    usage: "drop CODE",
    about: "give a seat back, or a place on a list",
    roles: ["student"],
    request: (course) => ({ op: "drop", course }),
  },
  {
    usage: "timetable",
    about: "your courses",
    roles: ["student"],
    request: () => ({ op: "timetable" }),
  },
  {
    usage: "grades",
    about: "your grades",
    roles: ["student"],
    request: () => ({ op: "grades" }),
  },
  {
    usage: "own-courses",
    about: "the courses that you teach",
    roles: ["teacher"],
    request: () => ({ op: "own_courses" }),
  },
  {
    usage: "students CODE",
    about: "who has a seat",
    roles: ["teacher", "admin"],
    request: (course) => ({ op: "students", course }),
  },
  {
    usage: "grade CODE STUDENT GRADE",
    about: "grade a student",
    roles: ["teacher"],
    request: (course, student, grade) => ({
      op: "grade",
      course,
      student,
      grade,
    }),
  },
  {
    usage: "add-teacher NAME",
    about: "somebody who teaches",
    roles: ["admin"],
    asksPassword: true,
    request: (name, password) => ({ op: "add_teacher", name, password }),
  },
  {
    usage: "add-course CODE SEATS TEACHER SLOT,SLOT TITLE...",
    about: "a course",
    roles: ["admin"],
    request: (code, seats, teacher, slots, title) => ({
      ...{ op: "add_course", code, teacher, title },
      seats: Number(seats),
      slots: slots?.split(",").filter((slot) => slot !== ""),
    }),
  },
  {
    usage: "open",
    about: "open the selection",
    roles: ["admin"],
    request: () => ({ op: "open" }),
  },
  {
    usage: "close",
    about: "close the selection",
    roles: ["admin"],
    request: () => ({ op: "close" }),
  },
];

/** The names of what a command takes, in order. */
export function wordsOf({ usage }: Command): string[] {
  return usage.split(" ").slice(1);
}

/**
 * The command that words stand for, and what it gets.
 *
 * @throws {UsageError} Where they stand for none.
 */
export function readCommand(
  words: readonly string[],
): { command: Command; values: string[] } {
  const [name = "", ...rest] = words;
  const command = commands.find(({ usage }) => usage.split(" ")[0] === name);
  if (!command) throw new UsageError(`there is no command "${name}"`);
  const wanted = wordsOf(command);
  const values = wanted.map((word, i) =>
    word.endsWith("...") ? rest.slice(i).join(" ") : rest[i] ?? ""
  );
  const isOpen = wanted.at(-1)?.endsWith("...") ?? false;
  const isWhole = values.every((value) => value !== "") &&
    (isOpen || rest.length === wanted.length);
  if (!isWhole) throw new UsageError(`it is called as: ${command.usage}`);
  return { command, values };
}

/** A reply for people: some lines. */
export function inWords(ok: unknown): string[] {
  if (ok === true) return ["done"];
  if (Array.isArray(ok)) {
    return ok.length === 0 ? ["none"] : ok.map((row: unknown) => rowOf(row));
  }
  if (typeof ok !== "object" || ok === null) return [String(ok)];
  if ("state" in ok) {
    return [[ok.state, "place" in ok ? ok.place : ""].join(" ").trimEnd()];
  }
  const rows = Object.entries(ok).map(([key, value]) =>
    `${key}: ${told(value)}`
  );
  return rows.length === 0 ? ["none"] : rows;
}

function rowOf(row: unknown): string {
  if (typeof row !== "object" || row === null) return String(row);
  if (
    "code" in row && "title" in row && "left" in row && "seats" in row &&
    "slots" in row
  ) {
    return `${row.code}  ${row.title}  ${row.left} of ${row.seats} left  ${
      told(row.slots)
    }`;
  }
  return Object.values(row).map(told).join("  ");
}

function told(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? "none" : value.join(" ");
  }
  return value === null ? "-" : String(value);
}

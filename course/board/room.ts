/**
 * What the board knows of a room of learners: the reports, folded.
 *
 * It keeps one short record a learner and lesson, however many reports come,
 * so that a day of a class takes no more memory than its first minute.
 *
 * @module
 */
import type { Known } from "./known.ts";
import type { Hand, Report } from "../class/report.ts";

/** How a learner stands with a lesson. */
export interface Standing {
  /** How many checks there were. */
  readonly attempts: number;
  /** How many stages are reached. */
  readonly reached: number;
  /** When all cases passed the first time, in milliseconds since 1970. */
  readonly passedAt?: number;
  /** When the last check was. */
  readonly at: number;
  /** The case that failed last, where one did. */
  readonly failed?: string;
  /** The misunderstanding that it showed, by its place in the course's list. */
  readonly idea?: number;
  /** How often in a row the same failure came. */
  readonly same: number;
  /** When it came first, in milliseconds since 1970. */
  readonly since: number;
  /** All misunderstandings that have shown, by their places. */
  readonly seen: readonly number[];
}

/** A learner, as the board's page has him. */
export interface Seat {
  /** The place in the room, from 1: on the projector a learner has no other name. */
  readonly id: number;
  /** The nickname; absent where nobody is to be named. */
  readonly name?: string;
  /** By the lessons' names. */
  readonly lessons: Readonly<Record<string, Standing>>;
  /** The lesson whose hand is up, and since when. */
  readonly hand?: { readonly lesson: string; readonly at: number };
  /** What is asked and shown; for the instructor alone. */
  readonly asks?: Pick<Hand, "text" | "share">;
}

/** A learner in the room. */
interface Learner {
  readonly name: string;
  readonly lessons: Map<string, Standing>;
  hand?: Hand & { readonly at: number };
}

/** A room of learners. */
export class Room {
  readonly #learners = new Map<number, Learner>();

  /** An empty room. */
  constructor(readonly known: Known) {}

  /** Takes a learner in. @param id The place in the room. */
  add(id: number, name: string): void {
    this.#learners.set(id, { name, lessons: new Map() });
  }

  /** Adds a report of a learner. Reports may come late, and out of order. */
  apply(id: number, report: Report): void {
    const lesson = this.known.lesson(report.lesson);
    const learner = this.#learners.get(id);
    if (!lesson || !learner) return; // of a lesson that this course does not have
    const old = learner.lessons.get(lesson.name);
    const { at, failed, misunderstanding, isWhole } = report;
    const idea = misunderstanding === undefined
      ? undefined
      : this.known.ideaOf(misunderstanding);
    const before = failed === undefined
      ? undefined
      : this.known.reachedBefore(lesson.name, failed);
    const reached = Math.max(
      old?.reached ?? 0,
      isWhole ? lesson.stages : before ?? 0,
    );
    const seen = new Set([
      ...old?.seen ?? [],
      ...(idea === undefined ? [] : [idea]),
    ]);
    const passedAt = isWhole
      ? Math.min(at, old?.passedAt ?? Infinity)
      : old?.passedAt;
    const isOlder = old !== undefined && at < old.at;
    const isSame = before !== undefined && old?.failed === failed &&
      old?.idea === idea;
    const last = isOlder ? old : {
      at,
      ...(before === undefined ? {} : { failed }), // only what the course calls a case
      ...(idea === undefined ? {} : { idea }),
      same: before === undefined ? 0 : isSame ? (old?.same ?? 0) + 1 : 1,
      since: isSame ? old?.since ?? at : at,
    };
    const standing = {
      at: last.at,
      ...(last.failed === undefined ? {} : { failed: last.failed }),
      ...(last.idea === undefined ? {} : { idea: last.idea }),
      same: last.same,
      since: last.since,
      attempts: Math.max(report.attempt, (old?.attempts ?? 0) + 1),
      reached,
      ...(passedAt === undefined ? {} : { passedAt }),
      seen: [...seen],
    };
    learner.lessons.set(lesson.name, standing);
    if (isWhole && learner.hand?.lesson === lesson.name) delete learner.hand;
  }

  /** Raises a learner's hand, or takes it down. */
  raise(id: number, hand: Hand | undefined, at: number): void {
    const learner = this.#learners.get(id);
    if (!learner) return;
    if (hand) learner.hand = { ...hand, at };
    else delete learner.hand;
  }

  /** A learner, as a page may have him. @param isNamed Whether for the instructor. */
  seat(id: number, isNamed: boolean): Seat | undefined {
    const learner = this.#learners.get(id);
    if (!learner) return undefined;
    const { name, lessons, hand } = learner;
    const isKnown = hand && this.known.lesson(hand.lesson);
    return {
      id,
      lessons: Object.fromEntries(lessons),
      ...(hand
        ? { hand: { lesson: isKnown ? hand.lesson : "", at: hand.at } }
        : {}),
      ...(isNamed ? { name } : {}),
      ...(isNamed && hand
        ? {
          asks: {
            text: hand.text,
            ...(hand.share ? { share: hand.share } : {}),
          },
        }
        : {}),
    };
  }

  /** All learners, as a page may have them. */
  seats(isNamed: boolean): Seat[] {
    return [...this.#learners.keys()].map((id) => this.seat(id, isNamed))
      .filter((seat) => seat !== undefined);
  }

  /** How many there are. */
  get size(): number {
    return this.#learners.size;
  }
}

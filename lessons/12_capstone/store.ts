/**
 * What the course selection remembers, as one interface: the service asks it,
 * whatever stands behind it.
 *
 * @module
 */

/** What somebody may do. */
export type Role = "admin" | "teacher" | "student";

/** Somebody who is known here. */
export interface Person {
  /** Their name, one of a kind. */
  readonly name: string;
  /** What they may do. */
  readonly role: Role;
}

/** Somebody, with what their password is compared with. */
export interface KnownPerson extends Person {
  /** A salt and a hash: see `passwords.ts`. */
  readonly secret: string;
}

/** A course as it is set up. */
export interface NewCourse {
  /** Its code, one of a kind. */
  readonly code: string;
  /** What people call it. */
  readonly title: string;
  /** Who teaches it. */
  readonly teacher: string;
  /** How many students it takes. */
  readonly seats: number;
  /** When it meets, each week: `["mon-1", "wed-2"]`. */
  readonly slots: readonly string[];
}

/** A course as it is listed. */
export interface Course extends NewCourse {
  /** How many of its seats are free. */
  readonly left: number;
}

/** A student of a course. */
export interface Participant {
  /** The student's name. */
  readonly student: string;
  /** What the teacher has given; `null` where nothing yet. */
  readonly grade: string | null;
}

/** A student's courses. */
export interface Timetable {
  /** The codes of the courses with a seat. */
  readonly seated: readonly string[];
  /** The codes of those that are waited for. */
  readonly waiting: readonly string[];
}

/** What a student asks for. */
export interface Wish {
  /** Who. */
  readonly student: string;
  /** The request's id: the student's own name for this wish. */
  readonly id: string;
  /** What. */
  readonly op: "select" | "drop";
  /** The code of the course. */
  readonly course: string;
}

/** What a student gets for a wish. */
export type WishReply =
  | { readonly ok: { readonly state: "seated" | "dropped" } }
  | { readonly ok: { readonly state: "waiting"; readonly place: number } }
  | { readonly error: string };

/** What is decided about a wish. */
export interface Decision {
  /** What the student gets. */
  readonly reply: WishReply;
  /** The student who moved up by it, if one did. */
  readonly promoted?: string;
}

/** Something is refused, in words for the client. */
export class Refusal extends Error {
  /** `Refusal`. */
  override name = "Refusal";
}

/**
 * All that is remembered. What it has promised is durable: it outlives the
 * program, whatever ends that.
 */
export interface Store {
  /** Adds somebody. @throws {Refusal} Where the name is taken. */
  addPerson(person: KnownPerson): Promise<void>;
  /** Somebody by name. */
  findPerson(name: string): Promise<KnownPerson | undefined>;
  /** Remembers whose token has this hash. */
  keepToken(hash: string, name: string): Promise<void>;
  /** Whose token has this hash. */
  whoHas(hash: string): Promise<Person | undefined>;
  /** Adds a course. @throws {Refusal} Where the code is taken or nobody of that name teaches. */
  addCourse(course: NewCourse, by: string): Promise<void>;
  /** Opens or closes the selection. */
  setOpen(isOpen: boolean, by: string): Promise<void>;
  /** All courses, by their codes; a teacher's own where one is named. */
  courses(teacher?: string): Promise<Course[]>;
  /** A student's courses. */
  timetable(student: string): Promise<Timetable>;
  /** Who has a seat in a course, by name. @throws {Refusal} Where there is no such course, or another one teaches it. */
  students(course: string, teacher?: string): Promise<Participant[]>;
  /** Grades a student. @throws {Refusal} Where the student has no seat in a course of this teacher's. */
  grade(
    course: string,
    grade: Required<Participant>,
    by: string,
  ): Promise<void>;
  /** A student's grades, by the codes of the courses. */
  grades(student: string): Promise<Record<string, string>>;
  /** Decides about a wish; settles when that is durable. */
  decide(wish: Wish): Promise<Decision>;
  /** Lets go of what it holds. */
  close(): Promise<void>;
}

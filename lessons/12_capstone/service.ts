/**
 * What the course selection answers: a request in, what it gets out. Nothing
 * here knows of connections or frames.
 *
 * @module
 */
import {
  COST,
  Guesses,
  hashPassword,
  hashToken,
  isPassword,
  makeToken,
} from "./passwords.ts";
import { type Person, Refusal, type Role, type Store } from "./store.ts";

/** The keys of a request, nothing known about their values yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where a request comes from, and where events go. */
export interface Visitor {
  /** Tells this client something that it has not asked for. */
  tell(event: unknown): void;
}

/** Who may ask for something, and what it gets. */
interface Operation {
  /** Those with a token of this role; everybody where none is named. */
  readonly roles?: readonly Role[];
  readonly answer: (fields: Fields, who: Person) => Promise<unknown>;
}

const NOBODY: Person = { name: "", role: "student" };

/** The limits of texts, in characters. */
const LONGEST = {
  name: 40,
  password: 200,
  code: 16,
  title: 80,
  slot: 16,
  grade: 16,
  id: 64,
  token: 100,
};

const MOST_SEATS = 10_000;
const MOST_SLOTS = 20;

/** Answers requests, whoever brings them. */
export class Service {
  readonly #store: Store;
  readonly #cost: number;
  readonly #guesses: Guesses;
  /** Where somebody is connected. */
  readonly #visitors = new Map<string, Set<Visitor>>();
  /** What the password of somebody who is not known is compared with: it takes as long. */
  readonly #nobody: string;

  /** A service. @param cost How dear a password is: scrypt's N. */
  constructor(
    store: Store,
    cost: number = COST,
    guesses: Guesses = new Guesses(),
  ) {
    this.#store = store;
    this.#cost = cost;
    this.#guesses = guesses;
    this.#nobody = `${cost}:${"0".repeat(32)}:${"0".repeat(64)}`;
  }

  /** Sees to it that there is this administrator. */
  async addAdmin(name: string, password: string): Promise<void> {
    if (await this.#store.findPerson(name)) return;
    await this.#addPerson({ name, password }, "admin");
  }

  /**
   * The reply to a request.
   *
   * @param request Anything: what is no request gets an error.
   * @returns An object with the request's `id`, and `ok` or `error`.
   */
  async answer(request: unknown, visitor: Visitor): Promise<object> {
    let id: string | null = null;
    try {
      const fields = fieldsOf(request);
      id = text(fields, "id", LONGEST.id);
      return { id, ...await this.#perform(fields, visitor) };
    } catch (error) {
      if (error instanceof Refusal) return { id, error: error.message };
      throw error;
    }
  }

  /** A client has left. */
  leave(visitor: Visitor): void {
    for (const [name, visitors] of this.#visitors) {
      visitors.delete(visitor);
      if (visitors.size === 0) this.#visitors.delete(name);
    }
  }

  async #perform(fields: Fields, visitor: Visitor): Promise<object> {
    const op = this.#operations.get(text(fields, "op", LONGEST.id));
    if (!op) throw new Refusal("no such op");
    if (!op.roles) return { ok: await op.answer(fields, NOBODY) };
    const who = await this.#whoAsks(fields);
    if (!op.roles.includes(who.role)) {
      throw new Refusal(`no ${who.role} may do that`);
    }
    this.#meet(who.name, visitor);
    return { ok: await op.answer(fields, who) };
  }

  readonly #operations = new Map<string, Operation>(Object.entries(
    {
      ping: { answer: () => Promise.resolve("pong") },
      courses: { answer: () => this.#store.courses() },
      signup: {
        answer: async (fields) => {
          await this.#addPerson(fields, "student");
          return await this.#login(fields);
        },
      },
      login: { answer: (fields) => this.#login(fields) },
      add_teacher: {
        roles: ["admin"],
        answer: async (fields) => {
          await this.#addPerson(fields, "teacher");
          return true;
        },
      },
      add_course: {
        roles: ["admin"],
        answer: async (fields, { name }) => {
          await this.#store.addCourse({
            code: text(fields, "code", LONGEST.code),
            title: text(fields, "title", LONGEST.title),
            teacher: text(fields, "teacher", LONGEST.name),
            seats: seats(fields),
            slots: slots(fields),
          }, name);
          return true;
        },
      },
      open: {
        roles: ["admin"],
        answer: (_, { name }) => this.#setOpen(true, name),
      },
      close: {
        roles: ["admin"],
        answer: (_, { name }) => this.#setOpen(false, name),
      },
      select: {
        roles: ["student"],
        answer: (fields, who) => this.#decide("select", fields, who),
      },
      drop: {
        roles: ["student"],
        answer: (fields, who) => this.#decide("drop", fields, who),
      },
      timetable: {
        roles: ["student"],
        answer: (_, { name }) => this.#store.timetable(name),
      },
      grades: {
        roles: ["student"],
        answer: (_, { name }) => this.#store.grades(name),
      },
      own_courses: {
        roles: ["teacher"],
        answer: (_, { name }) => this.#store.courses(name),
      },
      students: {
        roles: ["admin", "teacher"],
        answer: (fields, { name, role }) =>
          this.#store.students(
            text(fields, "course", LONGEST.code),
            role === "teacher" ? name : undefined,
          ),
      },
      grade: {
        roles: ["teacher"],
        answer: async (fields, { name }) => {
          await this.#store.grade(text(fields, "course", LONGEST.code), {
            student: text(fields, "student", LONGEST.name),
            grade: text(fields, "grade", LONGEST.grade),
          }, name);
          return true;
        },
      },
    } satisfies Record<string, Operation>,
  ));

  async #addPerson(fields: Fields, role: Role): Promise<void> {
    const name = text(fields, "name", LONGEST.name);
    const password = text(fields, "password", LONGEST.password);
    const secret = await hashPassword(password, this.#cost);
    await this.#store.addPerson({ name, role, secret });
  }

  async #login(fields: Fields): Promise<{ token: string; role: Role }> {
    const name = text(fields, "name", LONGEST.name);
    const password = text(fields, "password", LONGEST.password);
    const person = await this.#store.findPerson(name);
    const secret = person?.secret ?? this.#nobody;
    const isRight = await this.#guesses.try(
      name,
      () => isPassword(password, secret),
    );
    if (!isRight || !person) throw new Refusal("wrong name or password");
    const token = makeToken();
    await this.#store.keepToken(hashToken(token), name);
    return { token, role: person.role };
  }

  async #whoAsks(fields: Fields): Promise<Person> {
    const token = text(fields, "token", LONGEST.token);
    const who = await this.#store.whoHas(hashToken(token));
    if (!who) throw new Refusal("log in first");
    return who;
  }

  async #setOpen(isOpen: boolean, by: string): Promise<boolean> {
    await this.#store.setOpen(isOpen, by);
    return true;
  }

  async #decide(op: "select" | "drop", fields: Fields, who: Person) {
    const course = text(fields, "course", LONGEST.code);
    const id = text(fields, "id", LONGEST.id);
    const { reply, promoted } = await this.#store.decide({
      student: who.name,
      ...{ id, op, course },
    });
    if (promoted !== undefined) {
      for (const visitor of this.#visitors.get(promoted) ?? []) {
        visitor.tell({ event: "promoted", course });
      }
    }
    if ("error" in reply) throw new Refusal(reply.error);
    return reply.ok;
  }

  #meet(name: string, visitor: Visitor): void {
    const visitors = this.#visitors.get(name) ?? new Set();
    this.#visitors.set(name, visitors.add(visitor));
  }
}

function fieldsOf(request: unknown): Fields {
  if (
    typeof request === "object" && request !== null && !Array.isArray(request)
  ) return { ...request };
  throw new Refusal("not a JSON object");
}

function text(fields: Fields, key: string, longest: number): string {
  const value = fields[key];
  const isText = typeof value === "string" &&
    !/\p{Cc}/u.test(value);
  if (isText && value !== "" && value.length <= longest) return value;
  throw new Refusal(`"${key}" must be a text of 1 to ${longest} characters`);
}

function seats({ seats }: Fields): number {
  const isCount = typeof seats === "number" && Number.isInteger(seats) &&
    seats >= 0 && seats <= MOST_SEATS;
  if (isCount) return seats;
  throw new Refusal(`"seats" must be a whole number from 0 to ${MOST_SEATS}`);
}

function slots({ slots }: Fields): string[] {
  if (Array.isArray(slots) && slots.length <= MOST_SLOTS) {
    const texts = slots.map((slot: unknown) =>
      text({ slot }, "slot", LONGEST.slot)
    );
    if (new Set(texts).size === texts.length) return texts;
  }
  throw new Refusal(
    `"slots" must be an array of different texts, ${MOST_SLOTS} at most`,
  );
}

/**
 * A copy of the course for the tests of its commands.
 *
 * @module
 */
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";

/** What a command printed, and how it ended. */
export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A name that a folder may have, and that means something else in a URL, a pattern or a list. */
export const ODD_NAME = `с пробелом 100% #1 中文 a,b [x] ${
  Deno.build.os === "windows" ? "&" : '?*"'
}`;

/** What is copied of the course. */
const PARTS = [
  ...["README.md", "LANGUAGES.md", "deno.json", "deno.lock", "std"],
  ...["lessons", "solutions", "kit", "tests", "course", "slides"],
];

/** Folders of the tests that no command and no test in a copy reads. */
const LEFT_OUT = ["tests/bench", "tests/mutants"];

/** What a file is like as long as nobody has touched it. */
type Looks = string;

/** Copies that nobody in this module uses any more, and that are as they were made. */
const idle: Copy[] = [];

/**
 * Where a module leaves its idle copies for those that run after it. `deno task
 * test` makes it and removes it. A copy stays where it is: Deno has compiled
 * what stands there.
 */
const SHARED = Deno.env.get("COURSE_COPIES");

/** What is put behind a copy's name to tell that it is idle. Whoever removes that file has the copy. */
const IDLE = ".idle";

addEventListener("unload", () => {
  for (const copy of idle) copy.leave();
});

/**
 * A copy of the course in a folder of its own, so that no test touches a
 * learner's answers.
 *
 * It has a thousand files, so few are made: whoever is done with one puts back
 * what has changed, and the next test gets it as it was; in the end the next
 * test module does.
 */
export class Copy implements AsyncDisposable {
  /** What each file was like when it was copied, by its path in the copy. */
  readonly #looks = new Map<string, Looks>();

  private constructor(
    readonly folder: string,
    readonly parent: string,
  ) {}

  /** Its commands' folder for temporary files. */
  get temporary(): string {
    return `${this.parent}/temporary`;
  }

  /** Makes one. @param name What its folder is called. */
  static async make(name = "course"): Promise<Copy> {
    const at = idle.findIndex(({ folder }) => folder.endsWith(`/${name}`));
    const [known] = at === -1 ? [] : idle.splice(at, 1);
    if (known) return known;
    const shared = Copy.#takeShared(name);
    if (shared) return shared;
    const parent = SHARED === undefined
      ? await Deno.realPath(await Deno.makeTempDir())
      : makeNext(SHARED);
    const copy = new Copy(`${parent}/${name}`, parent);
    copy.#restore();
    return copy;
  }

  /** Takes a copy that another module has left, where there is one. */
  static #takeShared(name: string): Copy | undefined {
    if (SHARED === undefined) return undefined;
    for (const { name: file } of Deno.readDirSync(SHARED)) {
      if (!file.endsWith(IDLE)) continue;
      const mark = `${SHARED}/${file}`;
      try {
        const looks: Record<string, Looks> = JSON.parse(
          Deno.readTextFileSync(mark),
        );
        Deno.removeSync(mark);
        const parent = mark.slice(0, -IDLE.length);
        const copy = new Copy(`${parent}/${name}`, parent);
        for (const entry of Object.entries(looks)) copy.#looks.set(...entry);
        Deno.renameSync(`${parent}/course`, copy.folder);
        copy.#restore();
        return copy;
      } catch {
        // Another module has it.
      }
    }
    return undefined;
  }

  /** Leaves it to other modules, or removes it. */
  leave(): void {
    if (SHARED === undefined) {
      return Deno.removeSync(this.parent, { recursive: true });
    }
    Deno.renameSync(this.folder, `${this.parent}/course`);
    // Written beside it and renamed: nobody finds half of it.
    const looks = JSON.stringify(Object.fromEntries(this.#looks));
    Deno.writeTextFileSync(`${this.parent}.new`, looks);
    Deno.renameSync(`${this.parent}.new`, `${this.parent}${IDLE}`);
  }

  /** Makes it what it was: takes away what has come, and copies what has gone or changed. */
  #restore(): void {
    keepOnly(this.parent, [baseName(this.folder), "temporary"]);
    Deno.mkdirSync(this.folder, { recursive: true });
    keepOnly(this.temporary, []);
    Deno.mkdirSync(this.temporary, { recursive: true });
    keepOnly(this.folder, PARTS);
    for (const name of PARTS) this.#restorePart(fromFileUrl(root), name);
  }

  /** Restores a file, or a folder with all that is in it. @param name Its path in the course. */
  #restorePart(course: string, name: string): void {
    const [from, to] = [`${course}${name}`, this.path(name)];
    if (!Deno.statSync(from).isDirectory) {
      const known = this.#looks.get(name);
      if (known !== undefined && looksOf(to) === known) return;
      remove(to);
      Deno.copyFileSync(from, to);
      this.#looks.set(name, looksOf(to) ?? "");
      return;
    }
    const names = [...Deno.readDirSync(from)].map((entry) => entry.name)
      .filter((one) => !LEFT_OUT.includes(`${name}/${one}`));
    if (!keepOnly(to, names)) Deno.mkdirSync(to);
    for (const one of names) this.#restorePart(course, `${name}/${one}`);
  }

  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** Whether something stands there. */
  async has(name: string): Promise<boolean> {
    return await Deno.stat(this.path(name)).then(() => true, () => false);
  }

  command(name: string, ...args: string[]): Deno.Command {
    return new Deno.Command(Deno.execPath(), {
      args: taskArgs(name, ...args),
      cwd: this.folder,
      env: {
        NO_COLOR: "1",
        INIT_CWD: this.folder,
        TMPDIR: this.temporary,
        TEMP: this.temporary, // Windows
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  async run(name: string, ...args: string[]): Promise<Result> {
    return await outputOf(this.command(name, ...args));
  }

  /** Puts it back as it was. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#restore();
      idle.push(this);
    } catch {
      // A program that is just ending may still write to it: it is not used again.
      await Deno.remove(this.parent, { recursive: true });
    }
  }
}

/** Makes the first folder `0`, `1`, … that is not there: a short name, because there are sockets below. */
function makeNext(folder: string): string {
  for (let i = 0;; i++) {
    const path = `${folder}/${i}`;
    try {
      Deno.mkdirSync(path);
      return path;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}

/** What a file is like; `undefined` where there is none. */
function looksOf(path: string): Looks | undefined {
  try {
    const { ino, isFile, mode, mtime, size } = Deno.lstatSync(path);
    return [ino, isFile, mode, mtime?.getTime(), size].join(" ");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Removes from a folder what has none of these names. @returns Whether it is a folder; where it is something else, it is removed. */
function keepOnly(folder: string, names: readonly string[]): boolean {
  try {
    if (Deno.lstatSync(folder).isDirectory) {
      for (const { name } of Deno.readDirSync(folder)) {
        if (!names.includes(name)) remove(`${folder}/${name}`);
      }
      return true;
    }
    remove(folder);
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function baseName(path: string): string {
  return path.split("/").at(-1) ?? "";
}

/** Runs a command to its end. */
export async function outputOf(command: Deno.Command): Promise<Result> {
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array<ArrayBuffer>) =>
    new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Deno's arguments for a command of the tool in the course's folder, as `deno task` has them. */
export function taskArgs(name: string, ...args: string[]): string[] {
  const set = name === "doctor" ? "-P=doctor" : "-P";
  const file = `course/commands/${name}.ts`;
  return ["run", "-q", "--lock=deno.lock", set, file, ...args];
}

/**
 * Copies a folder with all that is in it.
 *
 * Without `await`: each of these calls is so short that to hand it to another
 * thread and back takes eight times as long, and a copy has 500 files.
 */
export function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(`${from}/${name}`, `${to}/${name}`);
    else Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}

/** Some cases of lesson 01: three of the server and one of the client. */
export const SOME_CASES = [
  "server answers with the size, the caller's address and the text in capitals",
  "server counts bytes, not characters, of what came",
  "server answers nothing to a client that leaves without a word",
  "client prints an answer that comes in one write",
];

/**
 * Leaves some of a check's cases where a test looks at what stands around them:
 * all of lesson 01's start 60 programs. One test at least must try them all.
 */
export async function keepCases(
  copy: Copy,
  lesson = "01_single_shot",
  names: readonly string[] = SOME_CASES,
): Promise<void> {
  const file = copy.path(`tests/${lesson}_test.ts`);
  const text = await Deno.readTextFile(file);
  await Deno.writeTextFile(
    file,
    `${
      text.replace("export const check: Check", "const whole: Check")
        .replace("register(check,", "register(whole,")
    }
export const check: Check = {
  ...whole,
  cases: ${JSON.stringify(names)}.map((name) => {
    const found = whole.cases.find((aCase) => aCase.name === name);
    if (found) return found;
    throw new Error("no case " + name);
  }),
};
`,
  );
}

/** Puts a file of a solution into the learner's answer. */
export async function copySolution(
  copy: Copy,
  lesson: string,
  name: string,
): Promise<void> {
  await Deno.copyFile(
    copy.path(`solutions/${lesson}/${name}`),
    copy.path(`answers/${lesson}/${name}`),
  );
}

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

/** A copy of the course in a folder of its own, so that no test touches a learner's answers. */
export class Copy implements AsyncDisposable {
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
    const parent = await Deno.realPath(await Deno.makeTempDir());
    const copy = new Copy(`${parent}/${name}`, parent);
    await Deno.mkdir(copy.folder);
    await Deno.mkdir(copy.temporary);
    for (
      const name of ["README.md", "LANGUAGES.md", "deno.json", "deno.lock"]
    ) {
      await Deno.copyFile(new URL(name, root), copy.path(name));
    }
    for (
      const name of [
        "std",
        "lessons",
        "solutions",
        "kit",
        "tests",
        "course",
        "slides",
      ]
    ) {
      copyFolder(fromFileUrl(new URL(name, root)), copy.path(name));
    }
    return copy;
  }

  path(name: string): string {
    return `${this.folder}/${name}`;
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

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.parent, { recursive: true });
  }
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

/**
 * `deno task test`: `deno test` with two test modules at a time for each
 * processor, because most of them start programs and wait for them, and with
 * the small ones together.
 *
 * Types are `deno task lint`'s business: to check them here would fetch the
 * packages of tests that do not run on this machine.
 *
 * What stands behind it goes to `deno test`: flags, or the only modules that
 * are wanted.
 *
 * @module
 */
import { findTestModules } from "../test_modules.ts";

const jobs = Deno.env.get("DENO_JOBS") ??
  String(2 * navigator.hardwareConcurrency);
// Where the tests leave their copies of the course to each other.
const copies = await Deno.realPath(await Deno.makeTempDir());
Deno.addSignalListener("SIGINT", () => {}); // it ends the tests, and after them this
const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "test",
    "--lock=deno.lock",
    "--no-check",
    "-P",
    "--parallel",
    "--doc",
    ...(namesModules(Deno.args) ? [] : allModules()),
    ...Deno.args,
  ],
  env: { DENO_JOBS: jobs, COURSE_COPIES: copies },
}).spawn().status;
// A program that is just ending may still write there: the verdict is not about that.
await Deno.remove(copies, { recursive: true }).catch(() => {});
Deno.exit(code);

function allModules(): string[] {
  const { alone, examples } = findTestModules();
  return [...alone, ...examples];
}

/** Whether words for `deno test` name modules; what stands behind `--` is for the tests. */
function namesModules(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end))
    .some((word) => !word.startsWith("-"));
}

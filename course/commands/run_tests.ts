/**
 * `deno task test`: `deno test` with two test files at a time for each
 * processor, because most of them start programs and wait for them.
 *
 * Types are `deno task lint`'s business: to check them here would fetch the
 * packages of tests that do not run on this machine.
 *
 * What stands behind it goes to `deno test`.
 *
 * @module
 */
const jobs = Deno.env.get("DENO_JOBS") ??
  String(2 * navigator.hardwareConcurrency);
const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "test",
    "--lock=deno.lock",
    "--no-check",
    "-P",
    "--parallel",
    "--doc",
    ...Deno.args,
  ],
  env: { DENO_JOBS: jobs },
}).spawn().status;
Deno.exit(code);

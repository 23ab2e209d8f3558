/**
 * `deno task test`: `deno test` with two test files at a time for each
 * processor, because most of them start programs and wait for them.
 *
 * What stands behind it goes to `deno test`.
 *
 * @module
 */
const jobs = Deno.env.get("DENO_JOBS") ??
  String(2 * navigator.hardwareConcurrency);
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["test", "-P", "--parallel", "--doc", ...Deno.args],
  env: { DENO_JOBS: jobs },
}).spawn().status;
Deno.exit(code);

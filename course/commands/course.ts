/**
 * `deno task course`: the whole course in a browser.
 *
 * @module
 */
import { runCommand } from "../user/command_line.ts";
import { UserError } from "../user/error.ts";
import { userPath } from "../user/file.ts";

const COMMAND = {
  usage: "deno task course [--port N | --build DIR]",
  about:
    "Shows the whole course in a browser, and prints its address: the pages, the slides, your answers and their checks.",
  words: [],
  flags: {
    port: {
      about: "serves it on this port of 127.0.0.1",
      value: { name: "N", what: "a whole number from 0 to 65535" },
    },
    build: {
      about:
        "writes it into a folder, for any web host: what needs this machine is left out",
      value: { name: "DIR", what: "a folder" },
    },
  },
  exclusive: [["port", "build"]],
  examples: ["deno task course", "deno task course --build site"],
} as const;

await runCommand(COMMAND, async ({ flags }) => {
  if (flags.build !== undefined) {
    const { buildSite } = await import("../site/build.ts"); // large, too
    const folder = await userPath(flags.build);
    const files = await buildSite(folder);
    console.log(`${files.length} files in ${folder}: begin with index.html`);
    return 0;
  }
  const port = flags.port === undefined ? undefined : readPort(flags.port);
  Deno.addSignalListener("SIGINT", () => Deno.exit(0));
  const { serveCourse } = await import("../site/serve.ts"); // large: loaded when it is wanted
  await serveCourse(port, (address) => {
    console.log(`the course: ${address}`);
    console.log(
      "open it in a browser on this machine; Ctrl-C ends it, and the same address works when it is started again",
    );
  });
  return 0;
});

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UserError(
    `--port needs a whole number from 0 to 65535, not "${text}"`,
  );
}

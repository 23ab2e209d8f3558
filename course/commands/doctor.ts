/**
 * `deno task doctor`: is this machine ready for the course?
 *
 * @module
 */
import { lessons } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { fromFileUrl } from "../../kit/file_url.ts";
import { runCommand } from "../user/command_line.ts";

/** The Deno that the course is tried with, and the oldest that will do. */
const TRIED = "2.9.6";

/** One thing that must hold, and what to do where it does not. */
interface Symptom {
  readonly what: string;
  /** What to do; absent where all is well. */
  readonly cure?: string;
}

const COMMAND = {
  usage: "deno task doctor",
  about:
    "Says whether this machine is ready for the course, and what to do where it is not.",
  words: [],
  flags: {},
  examples: ["deno task doctor"],
};

await runCommand(COMMAND, async () => {
  let isReady = true;
  for await (const { what, cure } of examine()) {
    console.log(`${cure === undefined ? "ok    " : "FAIL  "}${what}`);
    if (cure === undefined) continue;
    console.log(`      ${cure}`);
    isReady = false;
  }
  console.log(isReady ? "\nready: deno task lesson 1" : "\nnot ready yet");
  return isReady ? 0 : 1;
});

async function* examine(): AsyncGenerator<Symptom> {
  yield denoVersion();
  yield await tried(
    "the course's folder has a name that programs can be given",
    () => void fromFileUrl(root),
    "it is no UTF-8: move the course to another folder",
  );
  yield await tried(
    "a temporary folder that programs can be allowed to use",
    temporaryFolder,
    "set the environment variable TMPDIR, on Windows TEMP, to another one",
  );
  yield await tried(
    "TCP on 127.0.0.1",
    tcp,
    "a firewall or a sandbox may be in the way",
  );
  yield await tried(
    "UDP on 127.0.0.1",
    udp,
    `run the course's programs from its own folder, so that deno.json's "unstable": ["net"] holds`,
  );
  if (Deno.build.os !== "windows") {
    yield await tried(
      "Unix sockets in the folder for temporary files",
      unix,
      "lesson 10 needs them; a shorter TMPDIR may help",
    );
  }
  for (const { number, address, transport } of lessons) {
    if (!("port" in address)) continue;
    const { port } = address;
    yield await tried(
      `port ${port} of lesson ${number} is free`,
      () => free(port, transport),
      "end the program that holds it, or run the lesson's programs with --port and another number",
    );
  }
}

function denoVersion(): Symptom {
  const what = `Deno ${Deno.version.deno}`;
  const isOld =
    Deno.version.deno.localeCompare(TRIED, undefined, { numeric: true }) < 0;
  return isOld
    ? { what, cure: `the course needs ${TRIED}: npm install -g deno@${TRIED}` }
    : { what };
}

async function tried(
  what: string,
  attempt: () => Promise<void> | void,
  cure: string,
): Promise<Symptom> {
  try {
    await attempt();
    return { what };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { what, cure: `${why}: ${cure}` };
  }
}

async function temporaryFolder(): Promise<void> {
  const folder = await Deno.makeTempDir();
  await Deno.remove(folder);
  // --allow-write=a,b allows two paths, and a comma in a path cannot be escaped.
  if (folder.includes(",")) throw new Error(`${folder} has a comma in it`);
}

async function tcp(): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await exchange(listener, () => Deno.connect({ port: listener.addr.port }));
}

async function unix(): Promise<void> {
  // Like the folders in which the tool runs programs: a path there must not be too long.
  const folder = await Deno.makeTempDir({ prefix: "course_files_12345678" });
  try {
    for (const { address } of lessons) {
      if (!("path" in address)) continue;
      const path = `${folder}/${address.path}`;
      using listener = Deno.listen({ transport: "unix", path });
      await exchange(listener, () => Deno.connect({ transport: "unix", path }));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function exchange(
  listener: Deno.Listener,
  connect: () => Promise<Deno.Conn>,
): Promise<void> {
  const accepted = listener.accept();
  using client = await connect();
  using server = await accepted;
  await client.write(new Uint8Array([42]));
  const buffer = new Uint8Array(1);
  await server.read(buffer);
  if (buffer[0] !== 42) throw new Error("a byte arrived as another one");
}

async function udp(): Promise<void> {
  if (typeof Deno.listenDatagram !== "function") {
    throw new Error("Deno.listenDatagram is missing");
  }
  const open = () =>
    Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const [a, b] = [open(), open()];
  try {
    await a.send(new Uint8Array([42]), b.addr);
    await b.receive();
  } finally {
    a.close();
    b.close();
  }
}

function free(port: number, transport: string): void {
  const address = { hostname: "127.0.0.1", port };
  if (transport === "UDP") {
    Deno.listenDatagram({ transport: "udp", ...address }).close();
  } else Deno.listen(address).close();
}

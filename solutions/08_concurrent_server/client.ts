/**
 * Lesson 08, solution, client: say what is typed, print what comes.
 *
 *   deno run --allow-net=127.0.0.1 solutions/08_concurrent_server/client.ts anna
 */
import { runClient, typedLines, UsageError } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";
import { readLines } from "@lessons/08_concurrent_server/lines.ts";

/** The longest line that a server may send: the list of everybody, say. In bytes. */
const LONGEST = 64 * 1024;

/** Whether it was we who left. */
let haveLeft = false;

await runClient({ port: 8008, words: "NAME" }, async ({ address, words }) => {
  const [name, ...others] = words;
  if (name === undefined || others.length > 0) {
    throw new UsageError("it takes one name");
  }
  using conn = await Deno.connect(address);

  // Both at the same time: the others speak while nobody types.
  const saying = say(conn, name);
  saying.catch(() => {}); // it fails when the server is gone, and then printing ends, too
  await print(conn);
  if (!haveLeft) console.error("the room has closed");
});

/** Sends the name and each line that is typed; the end of the input is a goodbye. */
async function say(conn: Deno.Conn, name: string): Promise<void> {
  await sendLine(conn, name);
  for await (const line of typedLines("")) await sendLine(conn, line);
  haveLeft = true;
  await conn.closeWrite();
}

async function sendLine(conn: Deno.Conn, line: string): Promise<void> {
  await writeAll(conn, new TextEncoder().encode(`${line}\n`));
}

/** Prints each line that comes, until the server is gone. */
async function print(conn: Deno.Conn): Promise<void> {
  try {
    for await (const line of readLines(conn, LONGEST)) {
      if (line.startsWith("error: ")) {
        throw new Error(line.slice("error: ".length));
      }
      console.log(line);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
  }
}

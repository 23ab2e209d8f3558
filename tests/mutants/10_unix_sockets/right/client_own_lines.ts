// its own reader of lines, whatever their length
import { runPathClient, UsageError } from "@lessons/program.ts";
import { writeAll } from "@lessons/06_struct_framing/write_all.ts";

await runPathClient(
  { path: "echo.sock", words: "set NAME VALUE | get NAME | list | pid | stop" },
  async ({ address, words }) => {
    if (words.length === 0) throw new UsageError("a word is missing");
    const line = words.join(" ");
    if (line.includes("\n")) throw new UsageError("one line only");
    using conn = await connect(address);
    try {
      await writeAll(conn, new TextEncoder().encode(`${line}\n`));
    } catch (error) {
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    }
    const reply = await readLine(conn);
    if (reply === "ok") return;
    if (reply.startsWith("ok ")) return console.log(reply.slice(3));
    if (!reply.startsWith("error:")) {
      throw new Error(`${address.path} answered: ${reply}`);
    }
    console.error(reply);
    Deno.exit(1);
  },
);

async function connect(address: Deno.UnixConnectOptions): Promise<Deno.Conn> {
  try {
    return await Deno.connect(address);
  } catch (error) {
    if (
      error instanceof Deno.errors.ConnectionRefused ||
      error instanceof Deno.errors.NotFound
    ) {
      console.error("not running");
      Deno.exit(3);
    }
    throw error;
  }
}

async function readLine(conn: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  const buffer = new Uint8Array(4096);
  while (true) {
    const count = await conn.read(buffer);
    if (count === null) {
      throw new Error("the server left before its line ended");
    }
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    const end = text.indexOf("\n");
    if (end !== -1) return text.slice(0, end);
  }
}

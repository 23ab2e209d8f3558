// node:net and events, and it leaves without waiting for the server
import { connect } from "node:net";
import { runClient, typedLines, UsageError } from "@lessons/program.ts";

await runClient({ port: 8008, words: "NAME" }, async ({ address, words }) => {
  const [name] = words;
  if (name === undefined || words.length > 1) throw new UsageError("one name");
  const socket = connect(address.port, address.hostname);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const { promise: refused, reject } = Promise.withResolvers<never>();
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.map((line) => line.replace(/\r$/, ""))) {
      if (line.startsWith("error: ")) return reject(new Error(line.slice(7)));
      console.log(line);
    }
  });
  const isGone = () => resolve(console.error("the room has closed"));
  socket.on("end", isGone);
  socket.on("error", (error) => {
    if ("code" in error && error.code === "ECONNREFUSED") reject(error);
    else isGone();
  });
  const say = async () => {
    socket.write(`${name}\n`);
    for await (const line of typedLines("")) socket.write(`${line}\n`);
    await new Promise<void>((resolve) => socket.end(() => resolve()));
  };
  await Promise.race([over, refused, say()]);
});

// node:net, with events
import net from "node:net";
import { parseArgs } from "@std/cli/parse-args";

const { path = "echo.sock", _: words } = parseArgs(Deno.args, {
  string: ["path", "_"],
});
if (words.length === 0) {
  console.error("error: it takes a request");
  Deno.exit(2);
}
const socket = net.connect(path, () => socket.write(`${words.join(" ")}\n`));
socket.setEncoding("utf8");
let text = "";
socket.on("data", (part) => {
  text += part;
  const lf = text.indexOf("\n");
  if (lf === -1) return;
  const line = text.slice(0, lf);
  if (line.startsWith("error:")) {
    console.error(line);
    Deno.exit(1);
  }
  if (line !== "ok") console.log(line.replace(/^ok /, ""));
  Deno.exit(0);
});
socket.on("end", () => {
  console.error("error: the server has left");
  Deno.exit(1);
});
socket.on("error", (error) => {
  const code = "code" in error ? error.code : undefined;
  const isNobody = code === "ECONNREFUSED" || code === "ENOENT";
  console.error(isNobody ? "not running" : `error: ${error.message}`);
  Deno.exit(isNobody ? 3 : 1);
});

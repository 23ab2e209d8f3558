// node:net and its events, one promise for the reply
import { Buffer } from "node:buffer";
import { connect } from "node:net";
import { type Address, runClient, typedLines } from "@lessons/program.ts";

const options = {
  port: 8012,
  flags: { user: "NAME", tries: "N" },
  switches: ["signup"],
  words: "OP CODE",
} as const;

type Reply = {
  id?: unknown;
  ok?: { token?: string; state?: string; place?: number };
  error?: string;
};

await runClient(options, async ({ address, flag, isOn, words }) => {
  const [op, course] = words;
  const { value: password } = await typedLines("").next();
  const id = crypto.randomUUID();
  const tries = Number(flag("tries") ?? 5);
  const name = flag("user");
  let how = isOn("signup") ? "signup" : "login";
  for (let left = tries; left > 0; left--) {
    const reply = await talk(address, [
      () => ({ id: "first", op: how, name, password }),
      ({ ok }) => {
        how = "login";
        return { id, op, course, token: ok?.token };
      },
    ]);
    if (reply?.error !== undefined) throw new Error(reply.error);
    if (reply?.ok) {
      const { state, place } = reply.ok;
      return console.log([state, place].join(" ").trim());
    }
    if (left > 1) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(
    `no reply from ${address.hostname}:${address.port} after ${tries} tries`,
  );
});

/** Asks one thing after another. @returns The last reply, or the first with an error; `undefined` where the connection is lost. */
function talk(
  { hostname, port }: Address,
  requests: ((before: Reply) => { id: string })[],
): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, hostname);
    let held = Buffer.alloc(0);
    let id = "";
    const next = (before: Reply) => {
      const make = requests.shift();
      if (!make || before.error !== undefined) {
        resolve(before);
        return void socket.destroy();
      }
      const request = make(before);
      id = request.id;
      const payload = Buffer.from(JSON.stringify(request));
      const prefix = Buffer.alloc(4);
      prefix.writeInt32LE(payload.length);
      socket.write(Buffer.concat([prefix, payload]));
    };
    socket.on("connect", () => next({}));
    socket.on("error", () => {});
    socket.on("close", () => resolve(undefined)); // nothing, where there is a reply already
    socket.on("data", (chunk: Uint8Array) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 4 && held.length >= 4 + held.readInt32LE(0)) {
        const end = 4 + held.readInt32LE(0);
        const reply: Reply = JSON.parse(held.subarray(4, end).toString());
        held = held.subarray(end);
        if (reply.id === id) next(reply);
      }
    });
  });
}

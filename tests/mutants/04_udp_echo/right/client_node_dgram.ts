// in the style of node:dgram: events, timers, and a queue of lines
import { createSocket } from "node:dgram";
import { numberOf, runClient, typedLines } from "@lessons/program.ts";

await runClient(
  { port: 8004, flags: { timeout: "MS", tries: "N" } },
  async ({ address: { hostname, port }, flag }) => {
    const timeout = numberOf("timeout", flag("timeout") ?? "200", {
      least: 1,
      most: 3_600_000,
    });
    const tries = numberOf("tries", flag("tries") ?? "3", {
      least: 1,
      most: 1000,
    });
    const socket = createSocket("udp4");
    await new Promise<void>((bound) => socket.bind(0, "127.0.0.1", bound));

    const ask = (id: number, line: string) =>
      new Promise<string>((resolve, reject) => {
        let left = tries;
        let timer: ReturnType<typeof setTimeout> | undefined;
        const end = () => {
          clearTimeout(timer);
          socket.off("message", hear);
        };
        const hear = (
          message: Uint8Array,
          from: { address: string; port: number },
        ) => {
          if (from.address !== hostname || from.port !== port) return;
          const head = new RegExp(`^${id} [0-9]+ `);
          const text = new TextDecoder().decode(message);
          if (!head.test(text)) return;
          end();
          resolve(text.replace(head, ""));
        };
        const send = () => {
          if (left-- === 0) {
            end();
            return reject(
              new Error(
                `no answer from ${hostname}:${port} after ${tries} tries`,
              ),
            );
          }
          socket.send(`${id} ${line}`, port, hostname, (error) => {
            if (!error) return;
            end();
            reject(error);
          });
          timer = setTimeout(send, timeout);
        };
        socket.on("message", hear);
        send();
      });

    let id = 0;
    let failures = 0;
    for await (const line of typedLines()) {
      await ask(++id, line).then(console.log, (error: Error) => {
        failures++;
        console.error(`error: ${error.message}`);
      });
    }
    socket.close();
    Deno.exit(failures > 0 ? 1 : 0);
  },
);

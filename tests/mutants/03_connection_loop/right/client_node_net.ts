// in the style of node:net: a queue of answers that are waited for
import { connect, type Socket } from "node:net";
import { explain, numberOf, runClient, typedLines } from "@lessons/program.ts";

await runClient(
  { port: 8003, flags: { wait: "SECONDS" } },
  async ({ address: { hostname, port }, flag }) => {
    const where = `${hostname}:${port}`;
    const seconds = numberOf("wait", flag("wait") ?? "0", {
      least: 0,
      most: 3600,
      fractions: true,
    });
    const until = Date.now() + seconds * 1000;
    let socket: Socket | undefined;
    for (let pause = 20; socket === undefined; pause *= 2) {
      const made = connect(port, hostname);
      const error = await new Promise<Error | undefined>((resolve) => {
        made.once("connect", () => resolve(undefined));
        made.once("error", resolve);
      });
      if (error === undefined) socket = made;
      else if (Date.now() >= until) {
        throw new Error(explain(error, where) ?? `${where}: ${error.message}`);
      } else {
        if (pause === 20) console.error(`waiting for ${where}`);
        await new Promise((resolve) =>
          setTimeout(resolve, Math.min(pause, until - Date.now()))
        );
      }
    }
    const conn = socket;
    const heard: string[] = [];
    let news = Promise.withResolvers<void>();
    let end: string | undefined;
    conn.on("data", (data: Uint8Array) => {
      heard.push(new TextDecoder().decode(data));
      news.resolve();
    });
    conn.on("error", () => {
      end = `${where} broke the connection off`;
      news.resolve();
    });
    conn.on("end", () => {
      end ??= `${where} closed the connection`;
      news.resolve();
    });
    const next = async () => {
      while (heard.length === 0) {
        if (end !== undefined) throw new Error(end);
        await news.promise;
        news = Promise.withResolvers();
      }
      return heard.shift();
    };
    console.log(await next());
    for await (const line of typedLines("")) {
      if (line === "q") break;
      if (line === "") continue;
      conn.write(line);
      console.log(await next());
    }
    conn.end();
  },
);

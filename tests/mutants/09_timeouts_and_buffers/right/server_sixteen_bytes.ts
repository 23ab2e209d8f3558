// reads sixteen bytes at a time, and answers what waits before it ends
import { formatAddress, numberOf, runServer } from "@lessons/program.ts";
import { acceptNext } from "@lessons/03_connection_loop/accept_next.ts";
import { LineTooLongError } from "@lessons/08_concurrent_server/lines.ts";

const LONGEST = 65_536;
const LINGER = 300;

const options = {
  port: 8009,
  flags: { jobs: "N", idle: "MS", stall: "MS", grace: "MS" },
} as const;
type Limits = { jobs: number; idle: number; stall: number };

const sleep = (ms: number) => new Promise<void>((r) => setTimeout(r, ms));

class Client {
  #running = 0;
  #room = Promise.withResolvers<void>();
  #stopped = Promise.withResolvers<"stop">();
  #last: Promise<void> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #gone = false;
  #goneP = Promise.withResolvers<void>();
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #lastWord = "";
  #encoder = new TextEncoder();

  constructor(readonly conn: Deno.TcpConn, readonly limits: Limits) {}

  stop() {
    this.#stopped.resolve("stop");
  }

  async run() {
    try {
      await this.#serve();
    } catch (e) {
      if (!this.#gone) throw e;
    } finally {
      this.#leave();
    }
  }

  #leave() {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#idle);
    for (const t of this.#timers) clearTimeout(t);
    this.#goneP.resolve();
    this.conn.close();
  }

  #rewind() {
    clearTimeout(this.#idle);
    if (this.#running > 0 || this.#gone) return;
    this.#idle = setTimeout(() => {
      this.#lastWord = `error: idle for ${this.limits.idle} ms\n`;
      this.stop();
    }, this.limits.idle);
  }

  async #serve() {
    this.#rewind();
    const conn = this.conn;
    const lines = (async function* () {
      const acc = new Uint8Array(1 << 17);
      let n = 0;
      const b = new Uint8Array(16);
      const d = new TextDecoder("utf-8", { ignoreBOM: true });
      while (true) {
        const c = await conn.read(b);
        if (c === null) return;
        let from = 0;
        while (from < c) {
          const i = b.subarray(0, c).indexOf(10, from);
          const to = i < 0 ? c : i;
          if (n + to - from > LONGEST) throw new LineTooLongError(LONGEST);
          acc.set(b.subarray(from, to), n);
          n += to - from;
          if (i < 0) break;
          yield d.decode(acc.slice(0, n));
          n = 0;
          from = i + 1;
        }
      }
    })();
    const stop = this.#stopped.promise;
    while (true) {
      const next = lines.next();
      next.catch(() => {});
      let got;
      try {
        got = await Promise.race([next, stop]);
      } catch (e) {
        if (this.#gone) return;
        if (e instanceof LineTooLongError) {
          this.#lastWord = `error: ${e.message}\n`;
          break;
        }
        return; // it is gone
      }
      if (got === "stop" || got.done) break;
      clearTimeout(this.#idle);
      let stopped = false;
      while (this.#running >= this.limits.jobs && !stopped && !this.#gone) {
        this.#room = Promise.withResolvers<void>();
        const what = await Promise.race([
          this.#room.promise,
          stop,
          this.#goneP.promise,
        ]);
        stopped = what === "stop";
      }
      if (this.#gone) return;
      if (stopped) break;
      this.#line(got.value);
    }
    clearTimeout(this.#idle);
    while (this.#running > 0 && !this.#gone) {
      this.#room = Promise.withResolvers<void>();
      await Promise.race([this.#room.promise, this.#goneP.promise]);
    }
    clearTimeout(this.#idle);
    if (this.#gone) return;
    if (this.#lastWord) await this.#say(this.#lastWord);
    if (this.#gone) return;
    clearTimeout(this.#idle);
    await this.conn.closeWrite().catch(() => {});
    const drained = (async () => {
      const b = new Uint8Array(65536);
      try {
        while (await this.conn.read(b) !== null);
      } catch { /* gone */ }
    })();
    await Promise.race([drained, sleep(LINGER)]);
  }

  #line(line: string) {
    if (line === "ping") return void this.#say("pong\n");
    const m = /^(\d{1,9}) (\d+) (.*)$/s.exec(line);
    if (m && Number(m[2]) <= 60000) {
      const [, id, ms, text] = m;
      this.#running++;
      const t = setTimeout(() => {
        this.#timers.delete(t);
        this.#running--;
        this.#say(`${id} ${text!.toUpperCase()}\n`);
      }, Number(ms));
      this.#timers.add(t);
      return;
    }
    const id = /^\d{1,9}(?= |$)/.exec(line)?.[0];
    this.#say(`${id ? id + " " : ""}error: no job and no ping\n`);
  }

  /** Says something when all before is said; counts as a job till then. */
  #say(text: string): Promise<void> {
    this.#running++;
    clearTimeout(this.#idle);
    return this.#last = this.#last.then(() =>
      this.#write(this.#encoder.encode(text))
    ).then(() => {
      this.#running--;
      this.#rewind();
      this.#room.resolve();
    });
  }

  async #write(bytes: Uint8Array) {
    while (bytes.length && !this.#gone) {
      const t = setTimeout(() => {
        if (this.#gone) return;
        console.log(`cut off ${formatAddress(this.conn.remoteAddr)}`);
        this.#leave();
      }, this.limits.stall);
      try {
        bytes = bytes.subarray(await this.conn.write(bytes));
      } catch {
        this.#leave();
      } finally {
        clearTimeout(t);
      }
    }
  }
}

await runServer(options, async ({ address, flag, say, onCtrlC }) => {
  const time = { least: 1, most: 3_600_000 };
  const limits = {
    jobs: numberOf("jobs", flag("jobs") ?? "16", { least: 1, most: 1000 }),
    idle: numberOf("idle", flag("idle") ?? "30000", time),
    stall: numberOf("stall", flag("stall") ?? "5000", time),
    grace: numberOf("grace", flag("grace") ?? "5000", time),
  };
  const listener = Deno.listen(address);
  say.listening(listener);
  const clients = new Map<Client, Promise<void>>();
  let ending = false;
  onCtrlC(async () => {
    if (ending) Deno.exit(0);
    ending = true;
    listener.close();
    for (const c of clients.keys()) c.stop();
    await Promise.race([Promise.all(clients.values()), sleep(limits.grace)]);
  });

  while (!ending) {
    let conn;
    try {
      conn = await acceptNext(listener);
    } catch (e) {
      if (ending) break;
      throw e;
    }
    say.connected(conn);
    const client = new Client(conn, limits);
    if (ending) client.stop();
    clients.set(client, client.run().finally(() => clients.delete(client)));
  }
  await new Promise(() => {}); // the end is Ctrl-C's
});

// small reads, everything at top level, and a log that talks much
const LONGEST = 1024 * 1024;
const port = Number(Deno.args[Deno.args.indexOf("--port") + 1]);
const listener = Deno.listen({ hostname: "127.0.0.1", port });
console.log(`listening on 127.0.0.1:${listener.addr.port}`);

for (;;) {
  const conn = await listener.accept().catch((error: Error) => {
    console.log(`nobody after all: ${error.message}`);
  });
  if (!conn) continue;
  const { hostname, port } = conn.remoteAddr;
  console.log(`connected ${hostname}:${port}`);
  talk(conn).catch((error: Error) => console.log(`oh: ${error.message}`))
    .finally(() => {
      console.log(`left ${hostname}:${port}`);
      conn.close();
    });
}

async function talk(conn: Deno.TcpConn): Promise<void> {
  const line = new Uint8Array(LONGEST);
  let length = 0;
  const some = new Uint8Array(100);
  for (let count; (count = await conn.read(some)) !== null;) {
    for (const byte of some.subarray(0, count)) {
      if (byte === 10) {
        const hasCR = length > 0 && line[length - 1] === 13;
        await send(conn, line.subarray(0, hasCR ? length - 1 : length));
        length = 0;
      } else if (length === LONGEST) {
        const error = `error: line longer than ${LONGEST} bytes`;
        console.log(error);
        await conn.write(new TextEncoder().encode(`${error}\n`));
        await conn.closeWrite();
        while (await conn.read(some) !== null);
        return;
      } else line[length++] = byte;
    }
  }
  if (length > 0) await send(conn, line.subarray(0, length));
}

async function send(conn: Deno.TcpConn, line: Uint8Array): Promise<void> {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(line);
  console.log(`says ${text.slice(0, 20)}`);
  const answer = new TextEncoder().encode(`${text.toUpperCase()}\n`);
  for (let sent = 0; sent < answer.length;) {
    sent += await conn.write(answer.subarray(sent));
  }
}

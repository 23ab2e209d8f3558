// in the style of bytes: stdin is read raw, and cut into lines by hand
import { runClient } from "@lessons/program.ts";

await runClient({ port: 8002 }, async ({ address }) => {
  using conn = await Deno.connect(address);
  const q = (bytes: Uint8Array) =>
    bytes.length === 1 && (bytes[0] === 0x71 || bytes[0] === 0x51);

  const typing = (async () => {
    const chunk = new Uint8Array(100);
    let line: number[] = [];
    const send = async () => {
      const bytes = new Uint8Array(line);
      line = [];
      if (bytes.length > 0) await conn.write(bytes);
      return q(bytes);
    };
    for (let n; (n = await Deno.stdin.read(chunk)) !== null;) {
      for (const byte of chunk.subarray(0, n)) {
        if (byte !== 10) line.push(byte);
        else if (await send()) return "";
      }
    }
    await send();
    return "";
  })();
  const hearing = (async () => {
    const buffer = new Uint8Array(2000);
    for (let n; (n = await conn.read(buffer)) !== null;) {
      if (q(buffer.subarray(0, n))) return "";
      await Deno.stdout.write(new TextEncoder().encode("peer> "));
      await Deno.stdout.write(buffer.subarray(0, n));
      await Deno.stdout.write(new Uint8Array([10]));
    }
    return "peer left";
  })();
  const isReset = (error: unknown) => {
    if (error instanceof Deno.errors.ConnectionReset) return "peer left";
    throw error;
  };
  const note = await Promise.race([
    typing.catch(isReset),
    hearing.catch(isReset),
  ]);
  if (note) console.error(note);
});

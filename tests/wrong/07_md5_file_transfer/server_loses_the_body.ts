// this is what a program does that loses what came together with the header
import { FrameReader } from "@lessons/06_struct_framing/frame.ts";
import { check, copy, pathIn, runStore } from "./store.ts";

await runStore(async (request) => {
  const { folder, name, conn } = request;
  const path = await pathIn(folder, name);
  const part = `${path}.${crypto.randomUUID()}.part`;
  using file = await Deno.create(part);
  try {
    const reader = new FrameReader(conn); // the first one has read ahead
    check(await copy({ ...request, reader }, file), request);
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part);
    throw error;
  }
});

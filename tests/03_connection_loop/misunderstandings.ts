/**
 * The wrong ideas that lesson 03 clears up.
 *
 * @module
 */
import type { Misunderstanding } from "../../kit/case.ts";

export const oneClient: Misunderstanding = {
  says: "this is what a program does that ends with its first client",
  read: "Read the code",
  shows: ({ code, stdout }) =>
    code === 0 && stdout.split("connected ").length === 2,
};

export const resetIsFatal: Misunderstanding = {
  says:
    "this is what a program does that lets one client's crash end the service",
  read: "Read the code",
  shows: ({ stderr }) => /reset|not ?connected|broken ?pipe/i.test(stderr),
};

export const characters: Misunderstanding = {
  says: "this is what a program does that counts characters instead of bytes",
  read: "Exercise",
  // After "hello" and "你好 ı": fourteen bytes, nine characters.
  shows: ({ received, expected }) =>
    expected.endsWith(" bytes=14") &&
    received === expected.replace("bytes=14", "bytes=9"),
};

export const impatient: Misunderstanding = {
  says:
    "this is what a program does that sends before it has been greeted, or takes the end of the stream for a greeting",
  read: "Exercise",
  shows: ({ received, step }) =>
    step.endsWith(" sees the stream end") && received !== "",
};

export const retriesForEver: Misunderstanding = {
  says: "this is what a program does that never stops trying to connect",
  read: "Exercise",
  shows: ({ silent, stderr }) => silent && stderr.includes("waiting for "),
  // It comes when a server is up at last, long after its time.
  async proof(script, { stderr }) {
    const port = Number(/waiting for .+:(\d+)/.exec(stderr)?.[1]);
    const server = await script.listen({ port });
    await script.client.connects(server);
  },
};

/**
 * Pages for the tests of the viewer.
 *
 * @module
 */
import { draw } from "../../course/wire/view.ts";
import { Log, recordingsOf } from "./handwritten.ts";

/** What somebody would write who wants a page to run their script. */
export const HOSTILE: readonly string[] = [
  "</script><img src=x onerror=globalThis.hit=1>",
  "<!--<script>globalThis.hit=2</script>",
  "\u2028]]>\"'`;globalThis.hit=3//",
  "${globalThis.hit=4}",
];

/** The page of these recordings. */
export function paint(...texts: readonly (Log | string)[]): Promise<string> {
  return draw(recordingsOf(...texts), "a test").viewer();
}

/** Three writes, of which one read holds two and a half. */
export function sticky(): [Log, Log] {
  return [
    new Log("client").connect().write("one", 1).write("two", 1)
      .write("three", 1).line("print", { stream: "stdout", text: "sent" }),
    new Log("server").listen().accept().read("onetwoth", 2).read("ree", 2),
  ];
}

/** A client that writes so many messages, and a server that reads each. */
export function long(count: number): [Log, Log] {
  const client = new Log("client").connect();
  const server = new Log("server").listen().accept();
  for (let i = 1; i <= count; i++) {
    client.write(`message ${i}\n`, 1);
    server.read(`message ${i}\n`, 2);
  }
  return [client, server];
}

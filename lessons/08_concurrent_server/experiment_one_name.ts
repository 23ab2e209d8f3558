/**
 * Lesson 08, experiment: two clients want one name.
 *
 *   deno run lessons/08_concurrent_server/experiment_one_name.ts
 */
console.log("look, wait, take:");
await race(async (names, client) => {
  if (names.has("anna")) return `${client}: taken`;
  await Promise.resolve(); // a line in a log, a question to a database
  names.add("anna");
  return `${client}: I am anna`;
});

console.log("look and take:");
await race((names, client) => {
  if (names.has("anna")) return Promise.resolve(`${client}: taken`);
  names.add("anna");
  return Promise.resolve(`${client}: I am anna`);
});

/** Two tasks at the same time, one set of names. */
async function race(
  take: (names: Set<string>, client: string) => Promise<string>,
): Promise<void> {
  const names = new Set<string>();
  const tasks = ["first", "second"].map((client) => take(names, client));
  for (const says of await Promise.all(tasks)) console.log(`  ${says}`);
}

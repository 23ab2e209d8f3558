/**
 * A class board with many learners: how long a report waits for its answer,
 * how soon the page shows it, and what memory does.
 *
 *   deno run -A tests/bench/board.ts [LEARNERS] [SECONDS] [--flood] [--no-page]
 *
 * Each learner reports once a second. With `--flood` one of them reports as
 * fast as he can beside it. Where there is a Chromium, the page is open in it.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lessons } from "@lessons/catalogue.ts";
import { loadCheck } from "../../course/checking.ts";
import { Random } from "../../kit/random.ts";
import { findBrowser, startBrowser } from "../pages/browser.ts";

const { _: [count = 300, seconds = 30], flood, ...flags } = parseArgs(
  Deno.args,
  {
    boolean: ["flood", "no-page"],
  },
);
const random = new Random(1);
const folder = await Deno.makeTempDir();
const child = new Deno.Command(Deno.execPath(), {
  args: [
    "task",
    "-q",
    "board",
    "--port",
    "0",
    "--data",
    `${folder}/board.sqlite`,
  ],
  stdout: "piped",
}).spawn();
const chunks = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
let said = "";
while (!said.includes("Ctrl-C")) said += (await chunks.read()).value ?? "";
const [, origin = "", code = ""] = /join (http\S+) (\w+)/.exec(said) ?? [];
const [link = ""] = /http\S+token=\w+/.exec(said) ?? [];
const cases = await Promise.all(
  lessons.map(async (lesson) => ({
    lesson: lesson.name,
    cases: (await loadCheck(lesson)).cases,
  })),
);

interface Learner {
  readonly nickname: string;
  readonly secret: string;
  attempt: number;
}

async function post(path: string, body: unknown, as?: Learner) {
  const response = await fetch(origin + path, {
    method: "POST",
    headers: as
      ? {
        authorization: `Bearer ${as.secret}`,
        "x-nickname": encodeURIComponent(as.nickname),
      }
      : {},
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  return response.status;
}

function reportOf(learner: Learner) {
  const { lesson, cases: all } = random.pick(cases);
  const at = random.between(0, all.length);
  const failed = all[at];
  const idea = failed?.known?.[0];
  return {
    id: crypto.randomUUID(),
    at: Date.now(),
    lesson,
    attempt: ++learner.attempt,
    passed: at,
    isWhole: failed === undefined,
    ...(failed ? { failed: failed.name } : {}),
    ...(idea ? { misunderstanding: idea.says } : {}),
  };
}

function memory(): string {
  const pids = Deno.readTextFileSync(
    `/proc/${child.pid}/task/${child.pid}/children`,
  ).trim().split(" ");
  const status = Deno.readTextFileSync(`/proc/${pids[0] || child.pid}/status`);
  return /VmRSS:\s+(\d+)/.exec(status)?.[1] ?? "?";
}

const learners: Learner[] = Array.from({ length: Number(count) }, (_, i) => ({
  nickname: `learner ${i + 1}`,
  secret: crypto.randomUUID(),
  attempt: 0,
}));
for (const { nickname, secret } of learners) {
  const status = await post("/join", { code, nickname, secret });
  if (status !== 200) throw new Error(`cannot join: ${status}`);
}

const chromium = findBrowser();
const browser = chromium && !flags["no-page"]
  ? await startBrowser(chromium)
  : undefined;
const page = await browser?.newPage({ viewport: { width: 1280, height: 720 } });
await page?.goto(link);

const waits: number[] = [];
const refused = new Map<number, number>();
const painted: number[] = [];
const before = memory();
const end = performance.now() + Number(seconds) * 1000;
async function learn(learner: Learner) {
  await new Promise((done) => setTimeout(done, random.between(0, 1000)));
  while (performance.now() < end) {
    const begun = performance.now();
    const status = await post(
      "/reports",
      { reports: [reportOf(learner)] },
      learner,
    );
    waits.push(performance.now() - begun);
    if (status !== 200) refused.set(status, (refused.get(status) ?? 0) + 1);
    await new Promise((done) =>
      setTimeout(done, Math.max(0, 1000 - (performance.now() - begun)))
    );
  }
}
async function floodBy(learner: Learner) {
  let sent = 0;
  while (performance.now() < end) {
    await Promise.all(Array.from({ length: 20 }, () => {
      sent++;
      return post("/reports", { reports: [reportOf(learner)] }, learner);
    }));
  }
  console.log(`the flood: ${sent} posts`);
}
/** How long after a report is acknowledged the page has painted it. */
async function look(learner: Learner) {
  while (page && performance.now() < end) {
    await new Promise((done) => setTimeout(done, 500));
    await post("/reports", { reports: [reportOf(learner)] }, learner);
    const begun = performance.now();
    // The page's policy forbids it to evaluate a text: so it is asked again and again.
    const paintedAt = () =>
      page.evaluate("document.documentElement.dataset.painted");
    const old = await paintedAt();
    while (await paintedAt() === old);
    painted.push(performance.now() - begun);
  }
}
const [first, second, ...rest] = learners;
await Promise.all([
  ...rest.map(learn),
  ...(first ? [look(first)] : []),
  ...(second && flood ? [floodBy(second)] : []),
]);
const at = (values: number[], share: number) =>
  values.sort((a, b) => a - b)[Math.floor(values.length * share)]?.toFixed(1);
console.log(
  `${waits.length} reports of ${count} learners: p50 ${at(waits, 0.5)}, p99 ${
    at(waits, 0.99)
  }, most ${waits.at(-1)?.toFixed(1)} ms; refused: ${
    JSON.stringify([...refused])
  }`,
);
console.log(
  `on the page: p50 ${at(painted, 0.5)}, most ${painted.at(-1)?.toFixed(1)} ms`,
);
console.log(`memory: ${before} KiB before, ${memory()} KiB after`);
await page?.screenshot({ path: `${folder}/board.png` });
console.log(`${folder}/board.png`);
await browser?.close();
child.kill("SIGTERM");
await child.status;
Deno.exit(0);

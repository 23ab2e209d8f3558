import { assertEquals } from "@std/assert";
import { readStages, stagesOf } from "./stages.ts";

const PAGE = `# A lesson

### Stage 1: no exercise

## Exercise

1. before all stages;

### Stage 1: it runs

At its end it runs.

\`\`\`text
### Stage 9: shown
9. shown
\`\`\`

2. does this. It
   3. is in the middle of a line;
3. and this.

The client:

4. does that.

### Stage 2: it lasts

10. lasts.

### Check it

11. no stage's.

## Quiz

12. a question
`;

Deno.test("readStages() gives the stages of the exercise with their sentences", () => {
  assertEquals(readStages(PAGE), [
    { number: 1, name: "it runs", sentences: [2, 3, 4] },
    { number: 2, name: "it lasts", sentences: [10] },
  ]);
  assertEquals(readStages("# A page\n\n1. without\n"), []);
});

Deno.test("stagesOf() reads a lesson's page", () => {
  const [first] = stagesOf("03_connection_loop");
  assertEquals(first?.name, "client after client");
  assertEquals(stagesOf("01_single_shot"), []);
});

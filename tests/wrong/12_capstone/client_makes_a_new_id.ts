// this is what a program does that gives a request that it sends again another id
import { isLost } from "@lessons/12_capstone/link.ts";
import { openClient } from "./school.ts";

await openClient(async ({ connect, request }) => {
  while (true) {
    try {
      using link = await connect();
      return await link.ask({ ...request, id: crypto.randomUUID() });
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
});

/**
 * Runs a scene of a page, and tells the page line by line.
 *
 * A page names one of its own scenes by its number: nothing else is run.
 *
 * @module
 */
import { lessons, orientation, runsHere } from "@lessons/catalogue.ts";
import { root } from "@lessons/places.ts";
import { Failure } from "../../kit/failure.ts";
import { Hang } from "../../kit/guard.ts";
import { plain } from "../../kit/plain.ts";
import {
  isForHere,
  playSceneOf,
  readScenes,
  type Scene,
  type Shown,
  terminalLines,
} from "../scenes.ts";

/** Something that a page hears of a scene, a line of JSON each. */
export type SceneNews =
  /** A line came, or was typed. */
  | {
    readonly type: "line";
    /** The command's line in the page. */
    readonly line: number;
    readonly text: string;
    readonly isTyped: boolean;
  }
  /** It is over: whether each command printed what the page shows. */
  | {
    readonly type: "ended";
    readonly commands: readonly {
      readonly line: number;
      readonly isSame: boolean;
      /** What the page shows that comes on a terminal only. */
      readonly onTerminal: readonly string[];
    }[];
  }
  /** It could not be played to its end. */
  | { readonly type: "problem"; readonly text: string };

/** A page's scene, with the lesson that it belongs to; `undefined` where it has none of that number, or none for this system. @param file The page's file. */
export async function findScene(
  file: string,
  number: number,
): Promise<ScenePlace | undefined> {
  const [, name] =
    /^(?:lessons|solutions)\/(\d\d_\w+)\/README\.md$/.exec(file) ??
      [];
  const lesson = name === orientation.name
    ? orientation
    : lessons.find((one) => one.name === name && runsHere(one));
  if (!lesson) return undefined;
  const text = await Deno.readTextFile(new URL(file, root));
  const scene = readScenes(text)[number];
  return scene && isForHere(scene) ? { lesson, scene } : undefined;
}

/** A scene, and whose it is. */
export interface ScenePlace {
  /** The lesson. */
  readonly lesson: Parameters<typeof playSceneOf>[0];
  /** The scene. */
  readonly scene: Scene;
}

/** Plays a scene for a page. @returns The news as they come; whoever stops to read ends the programs. */
export function streamScene(
  { lesson, scene }: ScenePlace,
  onEnd: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const stop = new AbortController();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      const tell = (news: SceneNews) => {
        if (stop.signal.aborted) return;
        controller.enqueue(encoder.encode(`${JSON.stringify(news)}\n`));
      };
      const onLine = ({ line }: Shown, text: string, isTyped: boolean) =>
        tell({ type: "line", line, text: plain(text), isTyped });
      try {
        const played = await playSceneOf(lesson, scene, {
          onLine,
          signal: stop.signal,
        });
        const commands = played.map(({ shown, isSame }) => ({
          line: shown.line,
          isSame,
          onTerminal: terminalLines(shown),
        }));
        tell({ type: "ended", commands });
      } catch (error) {
        const isKnown = error instanceof Failure || error instanceof Hang;
        if (!isKnown && !stop.signal.aborted) throw error;
        if (error instanceof Error) {
          tell({ type: "problem", text: plain(error.message) });
        }
      } finally {
        onEnd();
        if (!stop.signal.aborted) controller.close();
      }
    },
    cancel() {
      stop.abort();
    },
  });
}

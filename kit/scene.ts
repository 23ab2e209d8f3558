/**
 * What somebody who acts in a script knows of it. The script itself knows its
 * actors, so they do not know the script.
 *
 * @module
 */
import type { Patience } from "./guard.ts";

/** Where programs and scripted peers act, step by step. */
export interface Scene {
  /** How long a step may take. */
  readonly patience: Patience;
  /** Who acts in it, in the order in which they came. */
  readonly actors: object[];
  /**
   * Does one step.
   *
   * @param says What is done, as it stands in the verdict.
   * @param act Does it, and may add to what is said.
   */
  step<T>(
    says: string,
    act: (add: (more: string) => void) => T | Promise<T>,
  ): Promise<T>;
  /** Has something closed when the script ends, however it ends. */
  onEnd(close: () => void): void;
}

/** The same scene, in which what is done is not told: it is a part of one step. */
export function quiet(scene: Scene): Scene {
  return {
    patience: scene.patience,
    actors: scene.actors,
    step: async (_says, act) => await act(() => {}),
    onEnd: (close) => scene.onEnd(close),
  };
}

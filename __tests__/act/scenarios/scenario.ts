import type { RunSettings } from '../act.ts';
import type { World } from '../world.ts';

export interface Scenario {
  /** The path of a workflow within `examples/`, and the event that starts it. */
  example: string;
  event: string;
  /** What is special about it, where an example has several. */
  title?: string;
  /** An input that the workflow suggests in a comment, to run it with. */
  suggested?: string;
  /**
   * Prepares what exists at the moment of the event.
   * @returns its payload, as GitHub would send it
   */
  prepare(world: World): object | Promise<object>;
  /** What the run has beside what all runs have. */
  settings?(world: World): RunSettings;
  /** Whether the workflow should fail. */
  fails?: boolean;
  /** What the check compares with, read just before the run. */
  before?(world: World): Promise<string[]>;
  /**
   * Throws if the run had other effects than it should.
   * @param log what act wrote about the run
   */
  check(world: World, before: readonly string[], log: string): void | Promise<void>;
}

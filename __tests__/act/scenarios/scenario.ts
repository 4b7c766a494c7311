import type { World } from '../world.ts';

/** What a run has beside what all runs have. */
export interface RunSettings {
  env?: Record<string, string>;
  vars?: Record<string, string>;
  /** Names of secrets that the repository doesn't have. */
  without?: string[];
  /** How the action reaches Fivetran. */
  fivetranUrl?: string;
}

export interface Scenario {
  /** The path of a workflow within `examples/`, or of a document; and the event that starts it. */
  example: string;
  event: string;
  /** Words of the document's block of YAML that is run, completed where it is a part of a workflow. */
  snippet?: string;
  /** Values of that world, for those that a document has made up. */
  replace?(world: World): Record<string, string>;
  /** Adds files to the repository that the workflow runs in. */
  addFiles?(repository: string): Promise<void>;
  /** What its log shows although it is a secret. */
  shows?: 'links';
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

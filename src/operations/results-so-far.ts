import type { Card } from '../model/connection.ts';
import { cancelled, type LinkError } from '../model/errors.ts';
import {
  asFailed,
  type KnownParts,
  knownParts,
  type LinkObserver,
  type LinkResult,
  type RequestedTarget,
} from '../model/link.ts';

/** What a run knows of each of its requests at any time: a cancelled run reports it as it is. */
export class ResultsSoFar {
  readonly #results: LinkResult[];
  readonly #maskCard: (card: Card) => void;

  /** @param maskCard called with every card before anything else can see it */
  constructor(targets: readonly RequestedTarget[], maskCard: (card: Card) => void) {
    this.#results = targets.map(pending);
    this.#maskCard = maskCard;
  }

  /** Adds a request that became known later. */
  add(target: RequestedTarget): void {
    this.#results.push(pending(target));
  }

  /** Marks a request as begun; returns the observer to be told of what happens for it. */
  start(index: number): LinkObserver {
    this.#learn(index, {});
    return {
      onConnection: (connection, created) => this.#learn(index, { connection, created }),
      onCard: (card) => {
        this.#maskCard(card);
        this.#learn(index, { card });
      },
    };
  }

  /** Sets the final result of a request. */
  finish(index: number, result: LinkResult): void {
    this.#results[index] = result;
  }

  /** All results in the order of their requests; those that haven't finished are `pending`. */
  get(): LinkResult[] {
    return [...this.#results];
  }

  /** The same, to be reported: what hasn't finished failed, because the run was cancelled. */
  cancelled(): LinkResult[] {
    return this.#results.map((result) => {
      if (result.outcome !== 'pending') return result;
      const story = result.begun
        ? 'The run was cancelled while this was in progress: the connection may have been created.'
        : 'The run was cancelled before this was begun.';
      return asFailed(result, cancelled(story));
    });
  }

  /** The error of a run that is cancelled before its issue's comment is written, where it created anything. */
  get uncommented(): LinkError | undefined {
    if (!this.#results.some(({ connection }) => connection)) return undefined;
    return cancelled(
      "The run was cancelled before the issue's comment was written. The step's outputs have what was created.",
    );
  }

  #learn(index: number, parts: Partial<Omit<KnownParts, 'target'>>): void {
    const before = this.#results[index];
    // What arrives after the end changes nothing: the final result has it.
    if (before?.outcome !== 'pending') return;
    this.#results[index] = { ...knownParts(before), ...parts, outcome: 'pending', begun: true };
  }
}

function pending(target: RequestedTarget): LinkResult {
  return { target, outcome: 'pending', begun: false };
}

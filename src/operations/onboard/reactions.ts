import type { Repository } from '../../github/repository.ts';
import { asLinkError } from '../../model/errors.ts';
import type { LinkResult } from '../../model/link.ts';
import type { Runner } from '../../runner/runner.ts';

/**
 * Shows at the comment with the command that it was seen, and what came of it. Nothing waits for that,
 * and no failure to react fails anything.
 */
export class Reactions {
  readonly #react: (content: 'eyes' | '+1' | 'confused') => Promise<void>;
  #seen: Promise<void> | undefined;

  /** @param comment the command's; undefined where there is none */
  constructor(
    repository: Pick<Repository, 'react'>,
    comment: number | undefined,
    log: Pick<Runner, 'debug'>,
  ) {
    this.#react = async (content) => {
      if (comment === undefined) return;
      await repository
        .react(comment, content)
        .catch((error) => log.debug(`No reaction ${content}: ${asLinkError(error).message}`));
    };
  }

  /** Reacts at once: to those who may ask, and nobody else. */
  seen(): void {
    this.#seen ??= this.#react('eyes');
  }

  /** Reacts to what came of it. */
  async done(results: readonly LinkResult[]): Promise<void> {
    if (!this.#seen) return;
    await this.#seen;
    const isDone = results.some(({ outcome }) => outcome !== 'failed');
    await this.#react(isDone ? '+1' : 'confused');
  }
}

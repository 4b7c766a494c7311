import type { Struck } from './case.ts';

/** Something that a run may leave, by a decision. */
export interface Exception {
  name: string;
  reason: string;
  /**
   * Whether what was struck may break an invariant like this.
   * @param all that were struck
   */
  covers(one: Struck, broken: string, all: readonly Struck[]): boolean;
}

const CARD = /^POST .*\/connect-card(-token)?$/;
const IN_DOUBT =
  /^(refused|reset|cut|time-out|slow|status-408|status-500|status-502|other|missing|truncated|cancelled-lost)/;

export const EXCEPTIONS: readonly Exception[] = [
  {
    name: 'start not confirmed',
    reason:
      'A run died while it was starting a first sync, or couldn’t write down that it did, and the connection is paused now: nobody can know whether it was started and paused again. The next follow-up fails once with `start-unknown`, and leaves the decision to a person.',
    covers: ({ operation, what, fault }, broken) =>
      operation === 'follow-up, start-connected' &&
      (/-comment$/.test(what) || /^(killed|cancelled-lost)/.test(fault)) &&
      /last run failed: .*\(start-unknown|first sync isn't started/.test(broken),
  },
  {
    name: 'link in doubt',
    reason:
      'A request for a fresh link got no response, so the link before it may be dead: the comment no longer shows it, although it works if the request never arrived. `/connect-card` creates another.',
    covers: ({ what, fault }, broken) =>
      // A run that was killed says nothing; the run after it may fail, and then doesn't show the link either.
      (fault.startsWith('killed') || (CARD.test(what) && IN_DOUBT.test(fault))) &&
      /run \d: a link of/.test(broken),
  },
  {
    name: 'result not written',
    reason:
      'GitHub refuses the edit of the comment, or the job is cancelled and has no time for it: the comment from before stays, with a link that the new one has replaced. The run fails and says so; the new link is in its outputs.',
    covers: ({ what, fault }, broken) =>
      // Of a run that was killed, the next one writes the result, unless it is struck as well.
      (fault.startsWith('killed') ||
        /^(update|delete)-comment$/.test(what) ||
        (CARD.test(what) && fault.startsWith('cancelled'))) &&
      /run \d: a dead link/.test(broken),
  },
  {
    name: 'issue not read',
    reason:
      'GitHub doesn’t show the issue, so a run of `operation: link` can’t know which links its comment has: the link is created all the same, and one that the comment shows may be replaced. When the link exists the run asks for the issue once more; if GitHub still doesn’t show it, the run fails and says so. The new link is in its outputs.',
    covers: ({ operation, what }, broken) =>
      /^(one link|batch)/.test(operation) &&
      what === 'graphql-issue' &&
      /run \d: a dead link/.test(broken),
  },
  {
    name: 'late create request',
    reason:
      'A run of `operation: link` is killed (or cancelled), its job is run again at once, and only then Fivetran carries out the create request of the first. That run has left nothing from which the second could know. If the server accepts a second connection of the same name, there are two.',
    covers: ({ operation, duplicates, fault }, broken, all) =>
      /^(one link|batch)/.test(operation) &&
      duplicates === 'accept' &&
      (fault === 'killed-late' ||
        (fault === 'time-out-late' &&
          all.some((other) => /^(killed|cancelled)/.test(other.fault)))) &&
      /two connections|no link for|exists and isn't told|\(duplicate-connection/.test(broken),
  },
  {
    name: 'deleted or not',
    reason:
      'GitHub responds that a comment which is to be deleted doesn’t exist, although it does: it counts as deleted. A later run deletes it, unless the issue is closed by then.',
    covers: ({ what, fault }, broken) =>
      what === 'delete-comment' && fault === 'status-404' && /dead|comments on issue/.test(broken),
  },
  {
    name: 'link not checked',
    reason:
      'After its create request, onboarding looks for a second connection of the same name, which might be somebody else’s. If that look fails, the new link isn’t shown. The connection is on record, and the next run gives it a link.',
    covers: ({ operation, what }, broken) =>
      operation.startsWith('onboarding') &&
      /^GET \/v1\/groups\/\w+\/connections \w+$/.test(what) &&
      /run \d: a link of/.test(broken),
  },
];

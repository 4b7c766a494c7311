import { isAmong, type Trigger } from './event.ts';
import type { Repository } from './repository.ts';

/**
 * Whether who set the run off may do so. A label proves nothing by itself: an issue form puts one on
 * in the name of whoever fills it in. So it counts for who may triage, and is among the approvers
 * where there are any. The command renews what was approved, and is open to the issue's author too.
 */
export async function isEntitled(
  { kind, by, issue }: Trigger,
  approvers: readonly string[],
  repository: Pick<Repository, 'mayTriage'>,
): Promise<boolean> {
  // Apps have no role; a bot comes this far only as one of the approvers.
  if (by.bot) return isAmong(approvers, by);
  if (kind === 'command') {
    return (by.id !== 0 && by.id === issue.author.id) || (await repository.mayTriage(by.login));
  }
  if (approvers.length > 0 && !isAmong(approvers, by)) return false;
  return repository.mayTriage(by.login);
}

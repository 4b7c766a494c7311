import { isAmong, type Trigger } from './event.ts';
import type { Person } from './issue.ts';
import type { Repository } from './repository.ts';

/**
 * Whether whoever set the run off may do so, and whoever ran it again. A label proves nothing by
 * itself: an issue form adds one in the name of whoever fills it in. So it counts for those who have
 * triage rights, and are among the approvers where there are any. The command renews what was
 * approved, and the issue's author may use it as well.
 */
export async function isEntitled(
  trigger: Trigger,
  approvers: readonly string[],
  repository: Pick<Repository, 'mayTriage'>,
): Promise<boolean> {
  const { by, rerunBy } = trigger;
  const people =
    rerunBy && rerunBy.login.toLowerCase() !== by.login.toLowerCase() ? [by, rerunBy] : [by];
  const entitled = await Promise.all(
    people.map((person) => mayAsk(person, trigger, approvers, repository)),
  );
  return entitled.every(Boolean);
}

async function mayAsk(
  person: Person,
  { kind, issue }: Trigger,
  approvers: readonly string[],
  repository: Pick<Repository, 'mayTriage'>,
): Promise<boolean> {
  // Apps have no role: a bot counts only as one of the approvers.
  if (person.bot) return isAmong(approvers, person);
  if (kind === 'command') return isAuthor(person, issue) || repository.mayTriage(person.login);
  if (approvers.length > 0 && !isAmong(approvers, person)) return false;
  return repository.mayTriage(person.login);
}

function isAuthor(person: Person, { author }: Trigger['issue']): boolean {
  // Of whoever runs a job again only the login is known.
  if (person.id === 0) return person.login !== '' && person.login === author.login;
  return person.id === author.id;
}

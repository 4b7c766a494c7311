import type { Connections } from '../../fivetran/connections.ts';
import type { LinkResult } from '../../model/link.ts';
import type { Task } from './plan.ts';

/** What a dry run says of a task: the request that it holds back, or why there would be none. */
export function withheld(task: Task, connections: Connections): LinkResult {
  const { target, connection } = task.request;
  switch (task.kind) {
    case 'create':
      return { target, outcome: 'dry-run', wouldSend: connections.createRequest(connection) };
    case 'adopt':
    case 'renew': {
      const id = task.kind === 'adopt' ? task.connection.id : (task.entry.connection ?? '');
      return {
        target,
        outcome: 'dry-run',
        wouldSend: connections.cardRequest(id, connection.card),
      };
    }
    case 'refuse':
      return { target, outcome: 'failed', error: task.error };
    case 'skip':
      return { target, outcome: 'skipped', reason: 'Its link has just been created.' };
  }
}

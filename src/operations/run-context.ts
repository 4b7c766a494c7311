import type { Connections } from '../fivetran/connections.ts';
import type { Sender, TransportOptions } from '../http/transport.ts';
import type { WaitBudget } from '../http/wait-budget.ts';
import type { Card } from '../model/connection.ts';
import type { Environment } from '../model/environment.ts';
import type { Cancellation } from '../runner/cancellation.ts';
import type { Runner } from '../runner/runner.ts';

/** What every operation works with. */
export interface RunContext {
  env: Environment;
  runner: Runner;
  cancellation: Cancellation;
  budget: WaitBudget;
  /** Opens the way to an API, where a test has one of its own. */
  open?: TransportOptions['open'];
  /** Sends requests to Fivetran that aren't about connections. */
  fivetran: Sender;
  connections: Connections;
  /** Registers a card's link and token as secrets, unless the workflow doesn't want that. */
  maskCard(card: Pick<Card, 'link'> & Partial<Pick<Card, 'token'>>): void;
}

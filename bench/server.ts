// The sandbox in a process of its own, so that its work isn't counted as a contender's.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../sandbox/fivetran/server.ts';

export interface Account {
  url: string;
  apiKey: string;
  apiSecret: string;
}

/** A Fivetran on loopback that takes `latency` milliseconds more for every answer. */
export class Server {
  readonly account: Account;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, account: Account) {
    this.#child = child;
    this.account = account;
  }

  /** @param limit requests that the account may send in an hour */
  static async start(latency: number, limit = 1e9): Promise<Server> {
    const child = fork(fileURLToPath(import.meta.url), [String(latency), String(limit)]);
    const [account] = await once(child, 'message');
    return new Server(child, account);
  }

  /** How many requests came since this was last asked. */
  async requests(): Promise<number> {
    return (await this.times()).length;
  }

  /** When each of those came, in milliseconds, oldest first. */
  async times(): Promise<number[]> {
    this.#child.send('times');
    const [times] = await once(this.#child, 'message');
    return times;
  }

  stop(): void {
    this.#child.disconnect();
  }
}

if (process.send) {
  const { url, apiKey, apiSecret, requests, close } = await startSandbox({
    latency: Number(process.argv[2]),
    rateLimit: Number(process.argv[3]),
  });
  process.on('message', () => process.send?.(requests.splice(0).map(({ at }) => at)));
  process.on('disconnect', close);
  process.send({ url, apiKey, apiSecret } satisfies Account);
}

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';

/** An answer as it goes over the wire. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** The request is carried out, and the JSON of its answer replaced by what `change` returns. */
interface Change {
  // biome-ignore lint/suspicious/noExplicitAny: a test changes what it likes
  change: (body: any) => unknown;
}

/** The request is carried out, and its answer comes byte by byte, with a pause after each. */
interface Drip {
  /** The pause in milliseconds. */
  drip: number;
}

/**
 * What can go wrong on any wire: no answer at all, a broken connection, an answer whose connection
 * breaks half way, or a complete answer whose JSON stops half way.
 */
export type WireFault = 'hang' | 'reset' | 'truncated' | 'half-json' | Change | Drip;

interface Queued<Kind> {
  on: Kind | 'any';
  times?: number;
  skip?: number;
}

/** The faults that are still to happen. */
export class FaultQueue<Kind, Fault extends Queued<Kind>> {
  #queue: Fault[] = [];

  add(fault: Fault): void {
    this.#queue.push({ ...fault });
  }

  /** The fault that strikes this request, if one does. The first that matches decides. */
  take(kind: Kind | undefined): Fault | undefined {
    const fault = this.#queue.find(({ on }) => on === 'any' || on === kind);
    if (!fault) return undefined;
    if (fault.skip) {
      fault.skip -= 1;
      return undefined;
    }
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.#queue = this.#queue.filter((queued) => queued !== fault);
    return fault;
  }
}

export function isWireFault(answer: unknown): answer is WireFault {
  if (typeof answer !== 'object' || answer === null) {
    return ['hang', 'reset', 'truncated', 'half-json'].includes(String(answer));
  }
  return 'change' in answer || 'drip' in answer;
}

/**
 * Lets a wire fault happen to an answer, which `whole` provides when it is needed. Returns what is
 * to be answered, or undefined when nothing more is to be sent.
 */
export async function strike(
  fault: WireFault,
  whole: () => Promise<Reply>,
  wire: HttpBindings | undefined,
): Promise<Reply | undefined> {
  if (!wire) throw new Error('Without a network, no fault of one can strike.');
  const { incoming, outgoing } = wire;
  if (fault === 'hang') {
    if (!outgoing.destroyed) await once(outgoing, 'close');
    return undefined;
  }
  if (fault === 'reset') {
    incoming.socket.resetAndDestroy();
    return undefined;
  }
  const reply = await whole();
  if (fault === 'half-json') return { ...reply, text: reply.text.slice(0, reply.text.length / 2) };
  if (typeof fault === 'object' && 'change' in fault) {
    return { ...reply, text: JSON.stringify(fault.change(JSON.parse(reply.text))) };
  }
  const bytes = Buffer.from(reply.text);
  outgoing.writeHead(reply.status, { ...reply.headers, 'Content-Length': bytes.length });
  if (fault === 'truncated') {
    outgoing.write(bytes.subarray(0, bytes.length / 2), () => incoming.socket.end());
    return undefined;
  }
  for (const byte of bytes) {
    if (outgoing.destroyed) return undefined;
    outgoing.write(Buffer.of(byte));
    await sleep(fault.drip, undefined, { ref: false });
  }
  outgoing.end();
  return undefined;
}

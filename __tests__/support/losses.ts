import type { Fault, SandboxOptions } from '../../sandbox/fivetran/server.ts';

/** What a server may do about a second connection of the same name. */
export const POLICIES: ReadonlyArray<NonNullable<SandboxOptions['duplicates']>> = [
  'accept',
  'refuse-400',
  'refuse-409',
];

/** Every way in which a response is lost. */
export const LOSSES: ReadonlyArray<{ loss: string; answer: NonNullable<Fault['answer']> }> = [
  { loss: 'a time-out', answer: 'hang' },
  { loss: 'a reset', answer: 'reset' },
  { loss: 'half a response', answer: 'truncated' },
  { loss: 'a gateway’s HTML', answer: 'html' },
  { loss: 'an empty response', answer: 'empty' },
  { loss: 'a 500', answer: { status: 500, code: 'InternalError' } },
  { loss: 'a 504', answer: { status: 504, body: '' } },
];

/** Inputs with which a lost response is noticed soon; a short `timeout` only where it is waited out. */
export function noticed(answer: Fault['answer']): Record<string, string> {
  return answer === 'hang' ? { timeout: '1' } : {};
}

export const CREATE = 'POST /v1/connections';

import { nearest } from '../../model/nearest.ts';
import type { Fields } from '../fields.ts';

/** What an entry of a list may say, and which field of a request it is. */
export const KEYS = {
  name: 'name',
  'group-id': 'groupId',
  service: 'service',
  schema: 'schema',
  table: 'table',
  config: 'config',
  settings: 'settings',
  'connection-id': 'connectionId',
  'redirect-uri': 'redirectUri',
} as const satisfies Record<string, keyof Fields | 'name'>;

export type Key = keyof typeof KEYS;

export function isKey(text: string): text is Key {
  return Object.hasOwn(KEYS, text);
}

/** What a column or key of a list is. */
export type NamedKey =
  | { kind: 'known'; key: Key }
  /** Probably meant as a known one, `key`, or as what belongs elsewhere. */
  | { kind: 'wrong'; key?: Key; message: string; fix: string }
  /** The author's own: it is passed on as it is. */
  | { kind: 'extra' };

/** Fields of the create request that people may write beside `settings`, and inputs for all links. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ...['auth', 'paused', 'sync-frequency', 'networking-method'].map(
    (name) => [name, 'settings'] as const,
  ),
  ...['hide-setup-guide', 'all-fields'].map((name) => [name, 'inputs'] as const),
]);

/** Tells what a column or key is, compared without case. */
export function readKey(text: string): NamedKey {
  const name = text.trim().toLowerCase();
  if (isKey(name)) return { kind: 'known', key: name };
  const place = ELSEWHERE.get(name.replaceAll('_', '-')) ?? /^(config|settings)\./.exec(name)?.[1];
  if (place) {
    return {
      kind: 'wrong',
      message: `has no effect here, and its value would be passed on as it is.`,
      fix:
        place === 'inputs'
          ? 'Set it as an input of the step, for all links, or choose another name.'
          : `Write it as a field of the mapping ${place}, or choose another name.`,
    };
  }
  if (name.length > 40) return { kind: 'extra' };
  // Short words are near to many others: `date` isn't meant as `name`.
  const [key] = nearest(name, Object.keys(KEYS), name.length < 6 ? 1 : 2) as Key[];
  if (!key) return { kind: 'extra' };
  return {
    kind: 'wrong',
    key,
    message: `isn't known, but is close to ${key}.`,
    fix: `Did you mean ${key}? If not, choose a name that is less similar.`,
  };
}

/** A key as it is named in a message, whoever wrote it. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

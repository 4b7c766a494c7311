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

/** Fields of `settings` that people may write beside it. */
const IN_SETTINGS = ['auth', 'paused', 'sync-frequency', 'networking-method'];
/** Inputs that are for all links. */
const FOR_ALL = ['hide-setup-guide', 'all-fields'];

/** Tells what a column or key is, compared without case. */
export function readKey(text: string): NamedKey {
  const name = text.trim().toLowerCase();
  if (isKey(name)) return { kind: 'known', key: name };
  const dashed = name.replaceAll('_', '-');
  const mapping = IN_SETTINGS.includes(dashed)
    ? 'settings'
    : /^(config|settings)\./.exec(name)?.[1];
  if (mapping) return elsewhere(`Write it as a field of the mapping ${mapping}`);
  if (FOR_ALL.includes(dashed)) return elsewhere('Set it as an input of the step, for all links');
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

function elsewhere(fix: string): NamedKey {
  const message = 'has no effect here, and its value would be passed on as it is.';
  return { kind: 'wrong', message, fix: `${fix}, or choose another name.` };
}

/** A key as it is named in a message, whoever wrote it. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

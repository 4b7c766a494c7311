import { nearest } from '../../model/nearest.ts';
import type { Fields } from '../check-request.ts';

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

/** What to say of a key that no entry has. */
export function unknownKey(text: string): { message: string; fix: string } {
  const [meant] = nearest(text.slice(0, 40).toLowerCase(), Object.keys(KEYS));
  return {
    message: "isn't something that an entry has.",
    fix: meant ? `Did you mean ${meant}?` : `It may have ${Object.keys(KEYS).join(', ')}.`,
  };
}

/** A key as it is named in a message, whoever wrote it. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

import { PLACEHOLDERS } from '../model/message.ts';
import type { InputReader } from './input-reader.ts';

/** More than anybody sends; a comment holds 65,536 characters, with links and record. */
const MOST_CHARACTERS = 10_000;

/** Reads the message for the customer; undefined where there is none, or with a problem reported. */
export function readMessage(read: InputReader): string | undefined {
  const text = read.whole('message').trim();
  if (!text) return undefined;
  if (text.length > MOST_CHARACTERS) {
    read.wrong(
      'message',
      `has ${text.length} characters.`,
      `Shorten it to at most ${MOST_CHARACTERS}.`,
    );
  }
  const used = [...text.matchAll(/\{([\w-]*)\}/g)].map(([, name = '']) => name);
  const unknown = used.filter((name) => !PLACEHOLDERS.some((one) => one === name));
  const known = PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
  if (unknown.length > 0) {
    const list = [...new Set(unknown)].map((name) => `{${name.slice(0, 40)}}`).join(', ');
    read.wrong('message', `has placeholders that don't exist: ${list}.`, `Use ${known}.`);
  }
  if (!used.includes('links')) {
    read.wrong('message', 'lacks {links}.', 'Put {links} where the links belong.');
  }
  return text;
}

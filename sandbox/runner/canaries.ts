import { parse } from 'yaml';
import type { Exchange } from '../wire/journal.ts';
import { everyForm } from './written-forms.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Shorter ones are part of ordinary words. */
const SHORTEST_SECRET = 4;
const SHORTEST_VALUE = 8;
/** Of thousands, these few stand for all: each is looked for everywhere. */
const MOST = 50;
/** A longer list is not read for its values. */
const MOST_CHARACTERS = 50_000;

/** A secret or a link: what it is called, and how it may be written. */
export interface Canary {
  what: string;
  text: string;
  forms: readonly string[];
}

/** What to look for. */
export interface Canaries {
  secrets: readonly Canary[];
  values: readonly Canary[];
  links: readonly Canary[];
}

function canary(what: string, text: string): Canary {
  return { what, text, forms: everyForm(text) };
}

/** What a step was given for an input. */
export function input(env: Environment, name: string): string {
  return env[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';
}

export const KEY = 'fivetran-api-key';

/** The credentials of a step. */
export function secretsOf(env: Environment): Canary[] {
  const key = input(env, KEY);
  const of = (what: string, text: string) =>
    text.length < SHORTEST_SECRET ? [] : [canary(what, text)];
  const pair = (what: string, secret: string) =>
    secret ? of(what, Buffer.from(`${key}:${secret}`).toString('base64')) : [];
  const [secret, previous] = ['fivetran-api-secret', 'previous-fivetran-api-secret'].map((name) =>
    input(env, name),
  ) as [string, string];
  return [
    ...of('the API secret', secret),
    ...pair('the Basic credential', secret),
    ...of('the previous API secret', previous),
    ...pair('the previous Basic credential', previous),
    ...of('the GitHub token', input(env, 'github-token')),
  ];
}

/** The texts and numbers in `config` and `auth`, also of requests in a list. */
export function configValues(env: Environment): Canary[] {
  const settings = mappingIn(input(env, 'settings'));
  const requests = read(input(env, 'requests'));
  const listed = (Array.isArray(requests) ? requests : []).flatMap((one) => [
    one?.config,
    one?.settings?.auth,
  ]);
  const values = new Set<string>();
  collect([mappingIn(input(env, 'config')), settings.auth, listed], values);
  // What a name, an address or an id has as well is shown on purpose.
  const shown = [
    'group-id',
    'service',
    'schema',
    'table',
    'redirect-uri',
    'connection-id',
    'groups',
  ]
    .map((name) => input(env, name))
    .join('\n');
  return [...values]
    .filter((text) => text.length >= SHORTEST_VALUE && !shown.includes(text))
    .slice(0, MOST)
    .map((text) => canary('a value of config', text));
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value.trim());
  else if (typeof value === 'number') into.add(String(value));
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collect(part, into);
  }
}

function read(text: string): unknown {
  if (text.length > MOST_CHARACTERS) return undefined;
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function mappingIn(text: string): Record<string, unknown> {
  const value = read(text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export const LINK = /https?:[^\s"'<>\\)`]+[?&]auth=[^\s"'<>\\)`]+/g;

/** The links that Fivetran has answered with or that the step handed on, and their tokens: the first of them. */
export function linksIn(handedOn: readonly string[], exchanges: readonly Exchange[]): Canary[] {
  const texts = new Set<string>();
  for (const { to, response } of exchanges) {
    if (to === 'fivetran') cardsIn(parsed(response), texts);
  }
  for (const text of handedOn) {
    for (const [link] of text.matchAll(LINK)) texts.add(link);
  }
  for (const link of [...texts]) {
    const token = URL.canParse(link) ? new URL(link).searchParams.get('auth') : undefined;
    if (token) texts.add(token);
  }
  return [...texts]
    .filter((text) => text.length >= SHORTEST_VALUE)
    .slice(0, MOST)
    .map((text) => ({
      what: text.startsWith('http') ? 'a link' : "a link's token",
      text,
      forms: [text, encodeURIComponent(text)],
    }));
}

/** The link and token of a card, as both flavours of the API have it. */
function cardsIn(response: unknown, into: Set<string>): void {
  const { data, token } = (response ?? {}) as { data?: { connect_card?: object }; token?: unknown };
  for (const text of [token, ...Object.values(data?.connect_card ?? {})]) {
    if (typeof text === 'string') into.add(text);
  }
}

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

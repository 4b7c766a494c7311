import fc from 'fast-check';
import type { Twins } from './twins.ts';

/** How many issues were opened and comments created so far, deleted ones included. */
export interface Counts {
  issues: number;
  comments: number;
}

/** A request about things that may exist by the time it is sent. */
class Step implements fc.AsyncCommand<Counts, Twins> {
  #method: string;
  #path: (counts: Counts) => string;
  #body: unknown;
  #by: string;
  #sent = '';

  constructor(by: string, method: string, path: (counts: Counts) => string, body?: unknown) {
    this.#by = by;
    this.#method = method;
    this.#path = path;
    this.#body = body;
  }

  check(): boolean {
    return true;
  }

  async run(counts: Counts, twins: Twins): Promise<void> {
    const path = this.#path(counts);
    this.#sent = `${this.#by}: ${this.#method} ${path} ${JSON.stringify(this.#body) ?? ''}`;
    const { status } = await twins.ask(this.#method, path, this.#body, this.#by);
    if (this.#method !== 'POST' || status !== 201) return;
    if (path === 'issues') counts.issues += 1;
    if (path.endsWith('/comments')) counts.comments += 1;
  }

  toString(): string {
    return this.#sent;
  }
}

const by = fc.constantFrom('ada', 'max', 'will');
const label = fc.constantFrom('connect-card', 'Connect-Card', 'connected', 'a b', 'ü/?&', 'zeta');
const text = fc.constantFrom(
  'Hello',
  '',
  ' ',
  'Zwei\r\nZeilen',
  '<!-- ü --> 😀',
  '"quoted" \\ & %0A',
);
const title = fc.constantFrom('A new customer', '  Blanks around  ', '', '   ', 7);
const page = fc.record({
  per_page: fc.constantFrom('1', '2', '3', '30', '100', '500', '0', 'x'),
  page: fc.constantFrom('', '1', '2', '3', '9', '0', 'x'),
});
const listing = fc.record({
  state: fc.constantFrom('', 'open', 'closed', 'all'),
  labels: fc.constantFrom('', 'connect-card', 'CONNECTED', 'connect-card,connected', 'nowhere'),
  sort: fc.constantFrom('', 'created', 'updated'),
  direction: fc.constantFrom('', 'asc', 'desc'),
  creator: fc.constantFrom('', 'ada', 'nobody'),
});

/** Any issue that was opened, and now and then one that wasn't. */
const issue = fc.nat(1000).map((seed) => (counts: Counts) => {
  return `issues/${1 + (seed % (counts.issues + (seed % 7 === 0 ? 1 : 0) || 1))}`;
});

/** Any comment that was created, deleted ones too, and now and then one that wasn't. */
const comment = fc.nat(1000).map((seed) => (counts: Counts) => {
  return `issues/comments/{${seed % (counts.comments + (seed % 7 === 0 ? 1 : 0) || 1)}}`;
});

const query = (given: Record<string, string>) =>
  `?${new URLSearchParams(Object.entries(given).filter(([, value]) => value !== ''))}`;

const update = fc.oneof(
  fc.record({ state: fc.constantFrom('open', 'closed') }),
  fc.record({
    state: fc.constant('closed'),
    state_reason: fc.constantFrom('completed', 'not_planned'),
  }),
  fc.record({ body: fc.option(text) }),
  fc.record({ title: fc.constantFrom('Another title', 'Ünïcode') }),
  fc.record({ labels: fc.array(label, { maxLength: 3 }) }),
  fc.constant({}),
);

/** Everything that both have, more often what changes something. */
export const STEPS: Array<fc.Arbitrary<fc.AsyncCommand<Counts, Twins>>> = [
  fc
    .tuple(by, title, fc.option(text), fc.array(label, { maxLength: 3 }))
    .map(([who, title, body, labels]) => {
      return new Step(who, 'POST', () => 'issues', { title, body, labels });
    }),
  fc.tuple(by, issue, text).map(([who, at, body]) => {
    return new Step(who, 'POST', (counts) => `${at(counts)}/comments`, { body });
  }),
  fc.tuple(by, issue).map(([who, at]) => {
    return new Step(who, 'POST', (counts) => `${at(counts)}/comments`, { body: `By ${who}` });
  }),
  // A blank text is refused by GitHub and taken by the emulator.
  fc
    .tuple(
      by,
      comment,
      text.filter((body) => body.trim() !== ''),
    )
    .map(([who, at, body]) => {
      return new Step(who, 'PATCH', at, { body });
    }),
  fc.tuple(by, comment).map(([who, at]) => new Step(who, 'DELETE', at)),
  fc.tuple(by, comment).map(([who, at]) => new Step(who, 'GET', at)),
  fc.tuple(by, issue, update).map(([who, at, body]) => new Step(who, 'PATCH', at, body)),
  fc.tuple(by, issue).map(([who, at]) => new Step(who, 'GET', at)),
  fc.tuple(by, issue, page).map(([who, at, part]) => {
    return new Step(who, 'GET', (counts) => `${at(counts)}/comments${query(part)}`);
  }),
  fc.tuple(by, listing, page).map(([who, filter, part]) => {
    return new Step(who, 'GET', () => `issues${query({ ...filter, ...part })}`);
  }),
  fc.tuple(by, issue, fc.array(label, { minLength: 1, maxLength: 2 })).map(([who, at, labels]) => {
    return new Step(who, 'POST', (counts) => `${at(counts)}/labels`, { labels });
  }),
  fc.tuple(by, issue, label).map(([who, at, name]) => {
    return new Step(who, 'DELETE', (counts) => `${at(counts)}/labels/${encodeURIComponent(name)}`);
  }),
  fc.tuple(by, issue).map(([who, at]) => {
    return new Step(who, 'GET', (counts) => `${at(counts)}/labels`);
  }),
  fc
    .tuple(by, label, fc.constantFrom(undefined, '00ff00', 'nonsense'))
    .map(([who, name, color]) => {
      return new Step(who, 'POST', () => 'labels', { name, color });
    }),
  fc.tuple(by, page).map(([who, part]) => new Step(who, 'GET', () => `labels${query(part)}`)),
  fc.tuple(by, issue, fc.constantFrom('PUT', 'DELETE')).map(([who, at, method]) => {
    const body = method === 'PUT' ? { lock_reason: 'spam' } : undefined;
    return new Step(who, method, (counts) => `${at(counts)}/lock`, body);
  }),
];

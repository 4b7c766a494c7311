/** An answer as it goes over the wire. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** What the service that is asked says of itself. */
export interface Service {
  isGitHub: boolean;
  /** Its time, in milliseconds. */
  now: number;
}

/** What becomes of one request. */
export interface Fault {
  /** Whether it is carried out. */
  effect: boolean;
  /** Milliseconds by which it is carried out later than it comes in; only create requests are. */
  late?: number;
  /**
   * How it ends: `refused` before it is sent; a connection that is `reset`, or `cut` in the middle of the
   * answer; no end at all (`hang`, and `drip` with an answer of which a little comes now and then);
   * the end of the whole run (`kill`); or an answer.
   */
  end: 'refused' | 'reset' | 'cut' | 'hang' | 'drip' | 'kill' | 'answer';
  /** The answer, made of the real one where there is one. */
  answer?(whole: Reply, service: Service): Reply;
  /** Whether the job is cancelled when the request is sent. */
  cancel?: true;
  /** Whether it isn't the same job that runs again, but another one, when the dead run's time is over. */
  later?: true;
  /** Whether it is only GitHub's GraphQL API that can answer like this. */
  graphql?: true;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML = '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>';

function refusal(status: number, headers: Record<string, string> = {}): Fault['answer'] {
  return (_, { isGitHub }) => {
    const message = `Refused with ${status}.`;
    const body = isGitHub ? { message } : { code: `Status${status}`, message };
    return { status, headers: { ...JSON_TYPE, ...headers }, text: JSON.stringify(body) };
  };
}

function limited(retryAfter: (now: number) => string): Fault['answer'] {
  return (whole, service) =>
    refusal(429, { 'retry-after': retryAfter(service.now) })?.(whole, service) ?? whole;
}

const html: Fault['answer'] = () => ({
  status: 502,
  headers: { 'content-type': 'text/html' },
  text: HTML,
});

/** The whole answer with another text; one without a text stays without. */
function withText(change: (text: string) => string): Fault['answer'] {
  return (whole) => (whole.text === '' ? whole : { ...whole, text: change(whole.text) });
}

function graphqlError(type: string): Fault['answer'] {
  return (whole) => ({
    ...whole,
    status: 200,
    text: JSON.stringify({ data: null, errors: [{ type, message: `${type}.` }] }),
  });
}

const answered = (answer: Fault['answer'], effect = false): Fault =>
  answer ? { effect, end: 'answer', answer } : { effect, end: 'answer' };

/** Every fault, by the name that a case has it by. */
export const FAULTS = {
  refused: { effect: false, end: 'refused' },
  'reset-before': { effect: false, end: 'reset' },
  'reset-after': { effect: true, end: 'reset' },
  'cut-short': { effect: true, end: 'cut' },
  'time-out-before': { effect: false, end: 'hang' },
  'time-out-after': { effect: true, end: 'hang' },
  // Long after the run has given it up.
  'time-out-late': { effect: true, late: 40_000, end: 'hang' },
  'slow-drip': { effect: true, end: 'drip' },
  'status-401': answered(refusal(401)),
  'status-403': answered(refusal(403)),
  'status-404': answered(refusal(404)),
  'status-408-before': answered(refusal(408)),
  'status-408-after': answered(refusal(408), true),
  'status-409': answered(refusal(409)),
  'status-429': answered(refusal(429)),
  'status-429-seconds': answered(limited(() => '20')),
  'status-429-zero': answered(limited(() => '0')),
  'status-429-date': answered(limited((now) => new Date(now + 20_000).toUTCString())),
  'status-429-past': answered(limited((now) => new Date(now - 60_000).toUTCString())),
  'status-429-huge': answered(limited(() => '99999999999999')),
  'status-429-nonsense': answered(limited(() => 'soon')),
  'status-500-before': answered(refusal(500)),
  'status-500-after': answered(refusal(500), true),
  'status-502-html-before': answered(html),
  'status-502-html-after': answered(html, true),
  'truncated-json': answered(
    withText((text) => text.slice(0, text.length / 2)),
    true,
  ),
  'other-shape': answered(
    withText(() => '["something else"]'),
    true,
  ),
  'missing-fields': answered(withText(withoutLeaves), true),
  'missing-data': answered(
    withText(() => '{"code":"Success","data":{}}'),
    true,
  ),
  'graphql-forbidden': { ...answered(graphqlError('FORBIDDEN')), graphql: true },
  'graphql-not-found': { ...answered(graphqlError('NOT_FOUND')), graphql: true },
  'graphql-rate-limited': { ...answered(graphqlError('RATE_LIMITED')), graphql: true },
  'killed-before': { effect: false, end: 'kill' },
  'killed-after': { effect: true, end: 'kill' },
  'killed-late': { effect: true, late: 10_000, end: 'kill' },
  'killed-before, later': { effect: false, end: 'kill', later: true },
  'killed-after, later': { effect: true, end: 'kill', later: true },
  cancelled: { effect: true, end: 'answer', cancel: true },
  'cancelled-lost-before': { effect: false, end: 'hang', cancel: true },
  'cancelled-lost-after': { effect: true, end: 'hang', cancel: true },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** A JSON text of which only objects and lists are left, without what stands in them. */
function withoutLeaves(text: string): string {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip).filter((one) => one !== undefined);
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, strip(member)]));
  };
  return JSON.stringify(strip(JSON.parse(text))) ?? '{}';
}

import { classifyResponse } from '../../src/fivetran/failures.ts';
import type { LinkError } from '../../src/model/errors.ts';
import type { KnownParts, LinkResult } from '../../src/model/link.ts';
import { batchSummary } from '../../src/report/batch-summary.ts';
import { helpOf } from '../../src/report/help.ts';
import { asReported } from '../../src/report/reported.ts';
import { type SummaryDetails, singleSummary } from '../../src/report/summary.ts';
import { connectionOf, GROUP, linkOf, source, TOMORROW } from './world.ts';

const ADS = source('google_ads', 'Google Ads', 'polished_headland');
const CUSTOMERS = 'Acme Globex Initech Umbrella Hooli Stark Wayne Wonka Cyberdyne Soylent'.split(
  ' ',
);

/** Every job summary of which there is a picture, by its name, in Markdown. */
export function summaries(): Record<string, string> {
  const target = { groupId: GROUP, service: 'google_ads', schema: ADS.request.schema };
  const rejected = responseError(401, 'AuthFailed', 'Invalid authorization credentials');
  return {
    'summary-link': single(linked({ target, connection: connectionOf(ADS) }), {
      url: 'https://github.com/acme/onboarding/issues/12#issuecomment-1',
      hasLinks: true,
    }),
    'summary-failure': single({ target, outcome: 'failed', error: rejected }),
    'summary-batch': many(Array.from({ length: 30 }, (_, index) => batchResult(index))),
    'summary-dry-run': many([
      {
        target,
        outcome: 'dry-run',
        wouldSend: {
          path: '/v1/connections',
          body: { group_id: GROUP, service: 'google_ads', config: { schema: target.schema } },
        },
      },
    ]),
  };
}

const help = helpOf({
  GITHUB_ACTION_REPOSITORY: 'connect-card-link/connect-card-link',
  GITHUB_ACTION_REF: 'v1',
});

function single(result: LinkResult, comment?: SummaryDetails['comment']): string {
  const [one] = asReported([result]);
  if (!one) throw new Error('no result');
  return singleSummary(one, { help, comment, error: undefined });
}

function many(results: readonly LinkResult[]): string {
  return batchSummary(asReported(results), { help, comment: undefined, error: undefined });
}

/** One of thirty: ten customers with three services each, two of which fail. */
function batchResult(index: number): LinkResult {
  const customer = CUSTOMERS[Math.floor(index / 3)] ?? '';
  const service = ['google_ads', 'stripe', 'hubspot'][index % 3] ?? '';
  const schema = `${customer.toLowerCase()}_${service}`;
  const target = { name: customer, groupId: GROUP, service, schema };
  if (index === 7) {
    const error = responseError(400, 'InvalidInput', "The value of 'sync_frequency' is invalid");
    return { target, outcome: 'failed', error };
  }
  if (index === 19) {
    const error = responseError(429, 'TooManyRequests', 'Too many requests');
    return { target, outcome: 'failed', error };
  }
  const entry = { ...source(service, '', `wooden_bridge_${index}`) };
  const connection = { ...connectionOf(entry), name: schema };
  if (index === 12) {
    const setupState = 'connected' as const;
    return { target, outcome: 'connected', connection: { ...connection, setupState } };
  }
  return linked({ target, connection });
}

function linked({ target, connection }: Required<Pick<KnownParts, 'target' | 'connection'>>) {
  const card = { link: linkOf(connection.name), token: 'token', expiresAt: TOMORROW };
  return { target, outcome: 'linked' as const, connection, created: true, card };
}

/** The error that the action has for such a response. */
function responseError(status: number, code: string, message: string): LinkError {
  const failure = classifyResponse({
    status,
    headers: {},
    body: { code, message },
    date: Date.now(),
  });
  if (!failure) throw new Error(`${status} is no failure.`);
  return failure.error;
}

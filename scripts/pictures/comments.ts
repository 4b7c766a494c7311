import { readInputs } from '../../src/inputs/read-inputs.ts';
import { readForm } from '../../src/issue-form/form.ts';
import { readIssueRequests } from '../../src/issue-form/issue-request.ts';
import type { Problem } from '../../src/model/errors.ts';
import type { Entry } from '../../src/model/issue-record.ts';
import { type IssueView, issueText, workingText } from '../../src/report/comment.ts';
import { linksIn } from '../../src/report/links-in-comment.ts';
import { incompleteNotice, notApprovedNotice } from '../../src/report/notices.ts';
import { GROUP, linkOf, NOW, ready, source } from './world.ts';

const ADS = source('google_ads', 'Google Ads', 'polished_headland');
const STRIPE = source('stripe', 'Stripe', 'amber_acorn');
const FACEBOOK = source('facebook_ads', 'Facebook Ads', 'quiet_meadow');
const THREE = [ADS, STRIPE, FACEBOOK];
const YESTERDAY = NOW - 24 * 60 * 60 * 1000;

const connected = (entry: Entry): Entry => ({ ...entry, state: 'connected', expires: 0 });
const expired = (entry: Entry): Entry => ({ ...entry, state: 'expired', expires: YESTERDAY });
const broken = (entry: Entry): Entry => ({ ...entry, state: 'broken', expires: 0 });

/** Every comment of which there is a picture, by its name, in Markdown. */
export async function comments(): Promise<Record<string, string>> {
  const refused = await refusedForm('hubspott', 'Globex Marketing!');
  const waiting = notApprovedNotice('connect-card', []);
  return {
    'comment-working': workingText(['Google Ads']),
    'comment-team': comment([ready(ADS)]),
    'comment-team-three': comment(THREE.map(ready)),
    'comment-customer': comment(THREE.map(ready), { audience: 'customer' }),
    'comment-public': comment([ready(ADS)], { showLinks: false }),
    'comment-some-connected': comment([connected(ADS), ready(STRIPE), expired(FACEBOOK)]),
    'comment-connected': comment(THREE.map(connected)),
    'comment-expired': comment([expired(ADS)]),
    'comment-broken': comment([broken(ADS)]),
    'comment-form': comment([], { notice: incompleteNotice(refused, 'connect-card') }),
    'comment-approval': comment([], { notice: waiting }),
  };
}

function comment(entries: Entry[], view: Partial<IssueView> = {}): string {
  const links = entries.map(({ request }) => linkOf(request.schema)).join('\n');
  return issueText({
    entries,
    links: linksIn(links),
    showLinks: true,
    commandWorks: true,
    audience: 'team',
    customer: 'Globex',
    requestedBy: 'nina',
    runUrl: 'https://github.com/acme/onboarding/actions/runs/4711',
    ...view,
  });
}

/** What is wrong with a form that asks for this, in a workflow that allows three services. */
async function refusedForm(service: string, schema: string): Promise<Problem[]> {
  const inputs = await readInputs({
    INPUT_OPERATION: 'onboard',
    'INPUT_FIVETRAN-API-KEY': 'key',
    'INPUT_FIVETRAN-API-SECRET': 'secret',
    'INPUT_GITHUB-TOKEN': 'token',
    'INPUT_GROUP-ID': GROUP,
    'INPUT_ALLOWED-SERVICES': 'google_ads, facebook_ads, stripe',
  });
  if (inputs.task.operation !== 'onboard') throw new Error('The inputs are of another operation.');
  const form = readForm(`### Service\n\n${service}\n\n### Schema\n\n${schema}`);
  const { problems } = await readIssueRequests(form, inputs.task.onboarding, async () => undefined);
  return problems;
}

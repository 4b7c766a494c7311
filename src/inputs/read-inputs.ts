import type { ApiFlavour } from '../model/connection.ts';
import type { Environment } from '../model/environment.ts';
import { InputError, type Warning } from '../model/errors.ts';
import type { LinkRequest, OnExisting, RequestedTarget } from '../model/link.ts';
import type { Audience } from '../model/message.ts';
import { type Credentials, checkApiUrl, checkCredentials } from './account.ts';
import { checkRequest, targetOf } from './check-request.ts';
import type { Fields, TargetFields } from './fields.ts';
import type { FollowUpInputs } from './follow-up-inputs.ts';
import { InputReader } from './input-reader.ts';
import type { OnboardingInputs } from './onboarding-inputs.ts';

/** Everything the workflow said, checked and typed. */
export interface Inputs extends Credentials {
  apiUrl: string;
  api: ApiFlavour;
  /** What to do: links from the inputs, those that an issue asks for, or all issues followed up. */
  task:
    | { operation: 'link'; requests: LinkRequest[] }
    | { operation: 'onboard'; onboarding: OnboardingInputs }
    | { operation: 'follow-up'; followUp: FollowUpInputs };
  github: GitHubInputs;
  onExisting: OnExisting;
  maskLink: boolean;
  dryRun: boolean;
  /** Requests in flight at most. */
  concurrency: number;
  /** Milliseconds for one HTTP request. */
  timeout: number;
  /** Milliseconds that the run may spend waiting. */
  maxWait: number;
  /** What is unusual, but is tried. */
  warnings: Warning[];
}

/** What is needed to comment on an issue. */
export interface GitHubInputs {
  token: string;
  /** The issue that the workflow names; undefined for the event's. */
  issueNumber: number | undefined;
  allowPublicComment: boolean;
  /** The label that approves an issue. */
  label: string;
  /** Who reads the comment. */
  audience: Audience;
  /** The message for the customer, with placeholders; undefined for the action's own. */
  message: string | undefined;
}

/** The target of the request, as far as it can be read from inputs that may be wrong. */
export function readTarget(env: Environment): RequestedTarget {
  const read = new InputReader(env);
  // Many requests have no single target.
  return read.text('requests') ? {} : targetOf(readTargetFields(read));
}

/**
 * Reads and checks every input.
 * @throws InputError with all problems at once, and the warnings beside them
 */
export async function readInputs(env: Environment): Promise<Inputs> {
  const read = new InputReader(env);
  const operation = read.choice('operation', ['link', 'onboard', 'follow-up']);
  const api = read.choice('fivetran-api', ['connections', 'connectors']);
  const common = {
    ...checkCredentials(read, env),
    apiUrl: checkApiUrl(read),
    api,
    github: {
      token: read.text('github-token'),
      issueNumber: read.count('issue-number', 1, 2 ** 31),
      allowPublicComment: read.flag('allow-public-comment', false),
      label: read.text('label') || 'connect-card',
      audience: read.choice('audience', ['team', 'customer']),
      message: await readMessage(read),
    },
    onExisting: read.choice('on-existing', ['reuse', 'fail', 'ignore']),
    maskLink: read.flag('mask-link', true),
    dryRun: read.flag('dry-run', false),
    concurrency: read.count('concurrency', 1, 32) ?? 8,
    timeout: read.seconds('timeout', 30, 0.1, 600),
    maxWait: read.seconds('max-wait', 120, 0, 21_600),
    warnings: read.warnings,
  };
  const fields: Fields = {
    ...readTargetFields(read),
    redirectUri: read.text('redirect-uri') || 'https://fivetran.com',
    hideSetupGuide: read.flag('hide-setup-guide', false),
    allFields: read.flag('all-fields', false),
    allowUnknownService: read.flag('allow-unknown-service', false),
    config: await read.mapping('config'),
    settings: await read.mapping('settings'),
  };
  const isOnIssue = operation !== 'link' || common.github.issueNumber !== undefined;
  if (isOnIssue && !common.github.token) {
    read.wrong('github-token', 'is empty.', 'Leave it out: its default is the token of the job.');
  }
  if (api === 'connectors' && fields.allFields) {
    read.warning("all-fields: fivetran-api: connectors doesn't support it; it is ignored.");
  }
  const task = await readTask(operation, read, fields, env.GITHUB_WORKSPACE ?? '.');
  if (read.problems.length > 0) throw new InputError(read.problems, read.warnings);
  return { ...common, task };
}

async function readTask(
  operation: Inputs['task']['operation'],
  read: InputReader,
  fields: Fields,
  folder: string,
): Promise<Inputs['task']> {
  if (read.text('requests') && operation !== 'link') {
    read.wrong('requests', 'is for operation: link.', 'Remove requests, or set operation: link.');
  }
  if (operation === 'link') {
    return { operation, requests: await readRequests(read, fields, folder) };
  }
  if (operation === 'onboard') {
    const { readOnboardingInputs } = await import('./onboarding-inputs.ts');
    return { operation, onboarding: await readOnboardingInputs(read, fields) };
  }
  const { readFollowUpInputs } = await import('./follow-up-inputs.ts');
  return { operation, followUp: readFollowUpInputs(read, fields) };
}

/** The one request that the inputs are, or those of a list. */
async function readRequests(
  read: InputReader,
  fields: Fields,
  folder: string,
): Promise<LinkRequest[]> {
  if (read.text('groups')) {
    read.wrong('groups', 'is for operation: onboard.', 'Use group-id, or set operation: onboard.');
  }
  if (!read.text('requests')) {
    const request = checkRequest(fields, read);
    return request ? [request] : [];
  }
  if (fields.connectionId) {
    const fix = 'Give connection-id in the entries that need it.';
    read.wrong('connection-id', "can't be combined with requests.", fix);
  }
  const { readRequestList } = await import('./list/request-list.ts');
  const { requests, problems, warnings } = await readRequestList(
    read.whole('requests'),
    fields,
    folder,
  );
  read.problems.push(...problems);
  read.warnings.push(...warnings);
  return requests;
}

/** Whether the run may have an issue to comment on: one that is named, or the event's. */
export function mayComment({ github }: Inputs, { GITHUB_EVENT_NAME: event }: Environment): boolean {
  return github.issueNumber !== undefined || event === 'issues' || event === 'issue_comment';
}

function readTargetFields(read: InputReader): TargetFields {
  return {
    groupId: read.text('group-id'),
    service: read.text('service'),
    schema: read.text('schema'),
    table: read.text('table'),
    connectionId: read.text('connection-id'),
  };
}

/** The message for the customer; its reader is loaded where there is one. */
async function readMessage(read: InputReader): Promise<string | undefined> {
  if (!read.text('message')) return undefined;
  return (await import('./message-input.ts')).readMessage(read);
}

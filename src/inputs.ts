import { InputError, type Problem } from './errors.ts';
import type { ApiFlavour } from './fivetran/connections.ts';
import type { LinkRequest, OnExisting } from './fivetran/link.ts';
import { askedFor, checkRequest, type Fields } from './request/check.ts';
import { readMapping } from './request/mapping.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything the workflow said, checked and typed. */
export interface Inputs {
  apiKey: string;
  apiSecret: string;
  apiUrl: string;
  api: ApiFlavour;
  request: LinkRequest;
  onExisting: OnExisting;
  maskLink: boolean;
  dryRun: boolean;
  /** Milliseconds for one HTTP request. */
  timeout: number;
  /** Milliseconds that the run may spend waiting. */
  maxWait: number;
  /** What is unusual, but tried. */
  warnings: string[];
}

/** The secrets among the inputs; read before everything else, so that they are masked first. */
export function readCredentials(env: Environment): { apiKey: string; apiSecret: string } {
  return {
    apiKey: readInput(env, 'fivetran-api-key'),
    apiSecret: readInput(env, 'fivetran-api-secret'),
  };
}

/** What was asked for as far as it can be told from inputs that may be wrong. */
export function readAsked(env: Environment) {
  return askedFor(readFields(env));
}

/**
 * Reads and checks every input.
 * @throws InputError with all problems at once
 */
export async function readInputs(env: Environment): Promise<Inputs> {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const wrong = (input: string, message: string, fix: string) =>
    report({ code: 'invalid-input', input, message, fix });
  const choice = <T extends string>(input: string, choices: readonly [T, ...T[]]): T => {
    const text = readInput(env, input) || choices[0];
    const chosen = choices.find((one) => one === text);
    if (!chosen) wrong(input, `is ${quote(text)}.`, `Use ${choices.join(', ')}.`);
    return chosen ?? choices[0];
  };
  const flag = (input: string, fallback: boolean): boolean => {
    const text = readInput(env, input) || String(fallback);
    // The booleans of YAML 1.2's core schema, as elsewhere in workflows
    if (/^(true|True|TRUE)$/.test(text)) return true;
    if (!/^(false|False|FALSE)$/.test(text))
      wrong(input, `is ${quote(text)}.`, 'Use true or false.');
    return false;
  };
  const number = (input: string, fallback: number, least: number, most: number): number => {
    const text = readInput(env, input) || String(fallback);
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    wrong(input, `is ${quote(text)}.`, `Use a number of seconds from ${least} to ${most}.`);
    return fallback;
  };

  const { apiKey, apiSecret } = checkCredentials(env, report);
  const apiUrl = checkApiUrl(readInput(env, 'fivetran-api-url'), wrong);
  const api = choice('fivetran-api', ['connections', 'connectors']);
  const onExisting = choice('on-existing', ['reuse', 'fail', 'ignore']);
  const maskLink = flag('mask-link', true);
  const dryRun = flag('dry-run', false);
  const timeout = number('timeout', 30, 0.1, 600) * 1000;
  const maxWait = number('max-wait', 120, 0, 21_600) * 1000;
  const fields: Fields = {
    ...readFields(env),
    redirectUri: readInput(env, 'redirect-uri') || 'https://fivetran.com',
    hideSetupGuide: flag('hide-setup-guide', false),
    allFields: flag('all-fields', false),
    config: (await readMapping('config', readInput(env, 'config'), report)) ?? {},
    settings: (await readMapping('settings', readInput(env, 'settings'), report)) ?? {},
  };
  if (api === 'connectors' && fields.allFields) {
    warnings.push(
      "all-fields: the endpoints of fivetran-api: connectors can't do that; it is ignored.",
    );
  }
  const request = checkRequest(fields, {
    problem: report,
    warning: (message) => warnings.push(message),
  });
  if (problems.length > 0 || !request) throw new InputError(problems);
  return {
    apiKey,
    apiSecret,
    apiUrl,
    api,
    request,
    onExisting,
    maskLink,
    dryRun,
    timeout,
    maxWait,
    warnings,
  };
}

/**
 * One input, without the white space around it.
 * The runner's name for it: docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs
 */
function readInput(env: Environment, name: string): string {
  return env[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';
}

function readFields(env: Environment): Fields {
  return {
    groupId: readInput(env, 'group-id'),
    service: readInput(env, 'service'),
    schema: readInput(env, 'schema'),
    table: readInput(env, 'table'),
    connectionId: readInput(env, 'connection-id'),
    redirectUri: '',
    config: {},
    settings: {},
    hideSetupGuide: false,
    allFields: false,
  };
}

function checkCredentials(env: Environment, report: (problem: Problem) => void) {
  const credentials = readCredentials(env);
  for (const [input, value] of [
    ['fivetran-api-key', credentials.apiKey],
    ['fivetran-api-secret', credentials.apiSecret],
  ] as const) {
    if (!value) {
      report({
        code: 'missing-credentials',
        input,
        message: 'is missing or blank.',
        fix: 'Give it from a secret of the repository. GitHub gives no secrets to runs for a fork or for Dependabot: keep this step out of those.',
      });
    } else if (
      !/^[\x21-\x7e]+$/.test(value) ||
      (input === 'fivetran-api-key' && value.includes(':'))
    ) {
      report({
        code: 'missing-credentials',
        input,
        message: 'has a character in it that no key has (a line break, a space, a colon?).',
        fix: 'Save the secret again, with the key and nothing else in it.',
      });
    }
  }
  return credentials;
}

function checkApiUrl(
  text: string,
  wrong: (input: string, message: string, fix: string) => void,
): string {
  const given = text || 'https://api.fivetran.com';
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const usable =
    url && !url.username && !url.password && !url.search && !url.hash
      ? url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
      : false;
  if (!usable) {
    wrong(
      'fivetran-api-url',
      'must be an https address without credentials or query; plain http is for this machine only.',
      'Leave it out to use https://api.fivetran.com.',
    );
  }
  return given;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

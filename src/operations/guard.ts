import { basicCredential } from '../fivetran/open.ts';
import { nameFromType } from '../fivetran/service-names.ts';
import { proxiesIn } from '../http/dispatcher.ts';
import { readCredentials } from '../inputs/account.ts';
import { InputReader } from '../inputs/input-reader.ts';
import type { Inputs } from '../inputs/read-inputs.ts';
import { connectionName } from '../model/connection.ts';
import type { Environment } from '../model/environment.ts';
import type { LinkRequest } from '../model/link.ts';
import type { Gate } from '../runner/gate.ts';
import type { Runner } from '../runner/runner.ts';

/**
 * Tells the gate and the runner of every credential, before anything is read or sent that could
 * quote one.
 */
export function guardCredentials(env: Environment, runner: Runner): void {
  const read = new InputReader(env);
  const { apiKey, apiSecret, previousApiSecret } = readCredentials(read);
  for (const secret of [apiSecret, previousApiSecret]) {
    if (!secret) continue;
    const basic = basicCredential(apiKey, secret);
    runner.mask(secret);
    runner.mask(basic);
    for (const text of [secret, basic, `${apiKey}:${secret}`]) runner.gate.addSecret(text);
  }
  for (const text of [apiKey, read.text('github-token'), ...proxyCredentials(env)]) {
    runner.gate.addSecret(text);
  }
}

/** Tells the gate of what the inputs hold: secrets in `config` and `auth`, and names to show. */
export function guardInputs({ task, apiUrl }: Inputs, gate: Gate): void {
  gate.protect(apiUrl);
  if (task.operation === 'link') {
    for (const request of task.requests) guardRequest(request, gate);
  } else if (task.operation === 'onboard') {
    const { fields } = task.onboarding;
    gate.addConfig(fields.config);
    gate.addConfig(fields.settings.auth);
    const { groupId, service, schema, table, redirectUri } = fields;
    for (const text of [groupId, service, schema, table, redirectUri]) gate.protect(text);
  } else gate.protect(task.followUp.card.redirectUri);
}

function guardRequest(request: LinkRequest, gate: Gate): void {
  const { path, file } = request.position ?? {};
  for (const text of [path, file, ...Object.values(request.target)]) {
    if (typeof text === 'string') gate.protect(text);
  }
  if (request.kind === 'existing') {
    gate.protect(request.card.redirectUri);
    return;
  }
  const { groupId, service, config, settings, card } = request.connection;
  gate.addConfig(config);
  gate.addConfig(settings.auth);
  const name = connectionName(request.connection);
  for (const text of [name, nameFromType(service), groupId, card.redirectUri]) gate.protect(text);
}

/** From a name of this length on, a proxy's user may be a token and no word of a sentence. */
const LONG_NAME = 12;

/**
 * The credentials in the addresses of proxies: passwords, pairs, and the user where it stands alone
 * or is long. A short user name beside a password is none: it would take ordinary words out.
 */
function proxyCredentials(env: Environment): string[] {
  const { httpProxy, httpsProxy } = proxiesIn(env);
  return [httpProxy, httpsProxy].flatMap((address) => {
    const url = address && URL.canParse(address) ? new URL(address) : undefined;
    if (!url?.username && !url?.password) return [];
    return [(text: string) => text, decoded].flatMap((form) => {
      const [user, password] = [form(url.username), form(url.password)];
      const alone = !password || user.length >= LONG_NAME;
      return [password, `${user}:${password}`, alone ? user : ''];
    });
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { CardShape } from '../model/connection.ts';
import { isRecord } from '../model/json.ts';
import type { LinkRequest, RequestedTarget } from '../model/link.ts';
import { checkName, withService } from './check-name.ts';
import { checkService } from './check-service.ts';
import type { Fields, Report, Reporter, TargetFields } from './fields.ts';

/** Fields of the create request that `settings` can't set, with the reason or the input to use. */
const NOT_IN_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['group_id', 'Use the input group-id.'],
  ['service', 'Use the input service.'],
  ['schema', 'Use the input schema.'],
  ['table', 'Use the input table.'],
  ['config', 'Use the input config.'],
  ['connect_card_config', 'Use the inputs redirect-uri, hide-setup-guide and all-fields.'],
  ['run_setup_tests', 'Leave it out: nothing can be tested before the customer has signed in.'],
  ['trust_certificates', "Leave it out: the decision is the customer's, on the card."],
  ['trust_fingerprints', "Leave it out: the decision is the customer's, on the card."],
]);

/** Networking methods that Fivetran refuses without the id of what they go through. */
const ID_FOR_NETWORKING: Readonly<Partial<Record<string, string>>> = {
  PrivateLink: 'private_link_id',
  ProxyAgent: 'proxy_agent_id',
};

/**
 * Checks one request completely, before anything is sent.
 * @returns undefined when a problem was reported
 */
export function checkRequest(given: Fields, reporter: Reporter): LinkRequest | undefined {
  const fields = { ...given, schema: withService(given.schema, given.service) };
  let fine = true;
  const report: Report = (input, message, fix, code = 'invalid-input') => {
    fine = false;
    reporter.problem({ code, input, message, fix });
  };

  checkCard(fields, report);
  const target = targetOf(fields);
  const { redirectUri, hideSetupGuide, allFields } = fields;
  const card: CardShape = { redirectUri, hideSetupGuide, allFields };
  if (fields.connectionId) {
    checkExisting(fields, report);
    if (!fine) return undefined;
    return { kind: 'existing', target, connectionId: fields.connectionId, card };
  }

  checkGroup(fields.groupId, 'connection-id', report);
  checkService(fields.service, fields.allowUnknownService, report, reporter.warning);
  checkName(fields, report);
  if (!fine) return undefined;
  const { groupId, service, schema, table, config, settings } = fields;
  const connection = { groupId, service, schema, ...(table && { table }), config, settings, card };
  return { kind: 'named', target, connection };
}

/** @param instead the input that can be used in its place */
export function checkGroup(groupId: string, instead: string, report: Report): void {
  if (/^[\w-]+$/.test(groupId)) return;
  const fix = `Copy the id from the destination's page in Fivetran, or use ${instead}.`;
  report('group-id', groupId ? "isn't a group's id." : 'is missing.', fix);
}

/** Checks what doesn't depend on the connection: where the card leads to, and the settings. */
export function checkCard(
  { redirectUri, settings }: Pick<Fields, 'redirectUri' | 'settings'>,
  report: Report,
): void {
  checkRedirect(redirectUri, report);
  checkSettings(settings, report);
}

/** The request's target as the results repeat it. */
export function targetOf(fields: TargetFields): RequestedTarget {
  const { groupId, service, schema, table, connectionId } = fields;
  const given = Object.entries({ groupId, service, schema, table, connectionId });
  return Object.fromEntries(given.filter(([, value]) => value));
}

function checkExisting(fields: Fields, report: Report): void {
  for (const input of ['service', 'schema', 'table'] as const) {
    if (fields[input]) {
      const fix = `Leave ${input} or connection-id out.`;
      report(input, "can't be combined with connection-id.", fix);
    }
  }
  if (!/^[\w-]+$/.test(fields.connectionId)) {
    const fix = "Copy it from the connection's page in Fivetran.";
    report('connection-id', "isn't a connection's id.", fix);
  }
}

/** Checks where the card leads to. */
export function checkRedirect(uri: string, report: Report): void {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return;
  report(
    'redirect-uri',
    'must be an http or https address without credentials.',
    'Write the whole address, for example https://example.com/thanks.',
    'bad-redirect-uri',
  );
}

function checkSettings(settings: Record<string, unknown>, report: Report): void {
  for (const key of Object.keys(settings)) {
    const reason = NOT_IN_SETTINGS.get(key);
    if (reason) report(`settings.${key}`, "can't be set here.", reason);
  }
  if (settings.auth !== undefined && !isRecord(settings.auth)) {
    report('settings.auth', 'is not a mapping.', 'Write auth as a mapping of its fields.');
  }
  const method = String(settings.networking_method);
  const id = Object.hasOwn(ID_FOR_NETWORKING, method) ? ID_FOR_NETWORKING[method] : undefined;
  if (id && !settings[id]) {
    report(
      'settings.networking_method',
      `is ${method}, which needs ${id}.`,
      `Set ${id} in settings as well, or leave networking_method out.`,
    );
  }
}

import { nameFieldsOf } from '../fivetran/naming.ts';
import { canBeService, nearestServices, shapeOf, successorOf } from '../fivetran/services.ts';
import type { CardShape } from '../model/connection.ts';
import type { ErrorCode, Problem } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';
import type { LinkRequest, RequestedTarget } from '../model/link.ts';

/** One request as it was written, wherever that was; empty texts for what wasn't. */
export interface Fields {
  groupId: string;
  service: string;
  schema: string;
  table: string;
  connectionId: string;
  redirectUri: string;
  config: Record<string, unknown>;
  settings: Record<string, unknown>;
  hideSetupGuide: boolean;
  allFields: boolean;
}

/** Where to say what is wrong, or only unusual. */
export interface Reporter {
  problem(problem: Problem): void;
  warning(message: string): void;
}

/** Fields of the create request that `settings` can't set, with the reason or the input to use. */
const NOT_IN_SETTINGS: Readonly<Partial<Record<string, string>>> = {
  group_id: 'Use the input group-id.',
  service: 'Use the input service.',
  schema: 'Use the input schema.',
  table: 'Use the input table.',
  config: 'Use the input config.',
  connect_card_config: 'Use the inputs redirect-uri, hide-setup-guide and all-fields.',
  run_setup_tests: 'Leave it out: there is nothing to test before the customer has signed in.',
  trust_certificates: "Leave it out: it is the customer's to decide, on the card.",
  trust_fingerprints: "Leave it out: it is the customer's to decide, on the card.",
};

/** Networking methods that Fivetran refuses without the id of what they go through. */
const ID_FOR_NETWORKING: Readonly<Partial<Record<string, string>>> = {
  PrivateLink: 'private_link_id',
  ProxyAgent: 'proxy_agent_id',
};

/**
 * Checks one request whole, before anything is sent.
 * @returns undefined when a problem was reported
 */
export function checkRequest(fields: Fields, reporter: Reporter): LinkRequest | undefined {
  let fine = true;
  const report = (
    input: string,
    message: string,
    fix: string,
    code: ErrorCode = 'invalid-input',
  ) => {
    fine = false;
    reporter.problem({ code, input, message, fix });
  };

  checkCard(fields, (problem) => {
    fine = false;
    reporter.problem(problem);
  });
  const target = targetOf(fields);
  const card: CardShape = {
    redirectUri: fields.redirectUri,
    hideSetupGuide: fields.hideSetupGuide,
    allFields: fields.allFields,
  };

  if (fields.connectionId) {
    for (const input of ['service', 'schema', 'table'] as const) {
      if (fields[input]) {
        report(
          input,
          "can't be combined with connection-id.",
          `Leave ${input} or connection-id out.`,
        );
      }
    }
    if (!/^[\w-]+$/.test(fields.connectionId)) {
      report(
        'connection-id',
        "isn't a connection's id.",
        "Copy it from the connection's page in Fivetran.",
      );
    }
    if (!fine) return undefined;
    return { kind: 'existing', target, connectionId: fields.connectionId, card };
  }

  if (!/^[\w-]+$/.test(fields.groupId)) {
    report(
      'group-id',
      fields.groupId ? "isn't a group's id." : 'is missing.',
      "Copy the id from the destination's page in Fivetran, or give a connection-id.",
    );
  }
  checkService(fields.service, report, reporter.warning);
  checkName(fields, report);
  if (!fine) return undefined;
  const { groupId, service, schema, table, config, settings } = fields;
  const connection = { groupId, service, schema, ...(table && { table }), config, settings, card };
  return { kind: 'named', target, connection };
}

/** Checks what doesn't depend on the connection: where the card leads, and the settings. */
export function checkCard(
  { redirectUri, settings }: Pick<Fields, 'redirectUri' | 'settings'>,
  problem: Reporter['problem'],
): void {
  const report: Report = (input, message, fix, code = 'invalid-input') =>
    problem({ code, input, message, fix });
  checkRedirect(redirectUri, report);
  checkSettings(settings, report);
}

/** The request's target as the results repeat it. */
export function targetOf(fields: Fields): RequestedTarget {
  const { groupId, service, schema, table, connectionId } = fields;
  const given = Object.entries({ groupId, service, schema, table, connectionId });
  return Object.fromEntries(given.filter(([, value]) => value));
}

type Report = (input: string, message: string, fix: string, code?: ErrorCode) => void;

function checkRedirect(uri: string, report: Report): void {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return;
  report(
    'redirect-uri',
    'must be an http or https address, without credentials in it.',
    'Write it whole, for example https://example.com/thanks.',
    'bad-redirect-uri',
  );
}

function checkSettings(settings: Record<string, unknown>, report: Report): void {
  for (const key of Object.keys(settings)) {
    const reason = Object.hasOwn(NOT_IN_SETTINGS, key) ? NOT_IN_SETTINGS[key] : undefined;
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

function checkService(service: string, report: Report, warn: (message: string) => void): void {
  if (!service) {
    report(
      'service',
      'is missing.',
      'Name a connector type, for example google_ads, or give a connection-id.',
      'bad-service',
    );
    return;
  }
  const successor = successorOf(service);
  if (!successor && shapeOf(service)) return;
  const near = nearestServices(service);
  const meant = near.length > 0 ? `Did you mean ${near.join(', ')}?` : '';
  if (!canBeService(service)) {
    report(
      'service',
      "can't be a connector type: those have lower-case letters, digits and underscores only.",
      meant || "Use the name that Fivetran's API documentation has, for example google_ads.",
      'bad-service',
    );
  } else if (successor) {
    warn(
      `service: ${service} is a retired name; ${successor} is what it is called today. Trying it as it is.`,
    );
  } else {
    warn(
      `service: ${service} isn't a connector type this version knows. ${meant} Trying it as it is.`,
    );
  }
}

function checkName(fields: Fields, report: Report): void {
  const { service, schema, table, config, settings } = fields;
  const [schemaField, tableField] = nameFieldsOf(service);
  // Fivetran's naming is lower case throughout; the source's own naming keeps what the source has.
  const anyCase = settings.destination_schema_names === 'SOURCE_NAMING';
  for (const [input, value] of [
    ['schema', schema],
    ['table', table],
  ] as const) {
    if (value && !(anyCase ? /^[a-z_]\w*$/i : /^[a-z_][a-z0-9_]*$/).test(value)) {
      const suggestion = asIdentifier(value);
      report(
        input,
        `must start with a letter and have only ${anyCase ? '' : 'lower-case '}letters, digits and underscores.`,
        suggestion ? `For example ${suggestion}.` : 'For example acme.',
      );
    }
  }
  if (!schema) {
    report(
      'schema',
      'is missing.',
      'Give the name that the destination schema will have, or a connection-id.',
    );
  }
  if (tableField && !table) {
    report(
      'table',
      `is missing: ${service} names a connection by schema and table.`,
      'Give the second half of the name.',
    );
  }
  if (!tableField && table && shapeOf(service)) {
    report(
      'table',
      `isn't used by ${service}, which is named by its schema alone.`,
      'Leave table out.',
    );
  }
  for (const field of [schemaField, tableField]) {
    if (field && Object.hasOwn(config, field)) {
      const input = field === tableField ? 'table' : 'schema';
      report(`config.${field}`, 'names the connection.', `Use the input ${input} instead.`);
    }
  }
}

function asIdentifier(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 63);
}

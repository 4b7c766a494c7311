import { type NameShape, shapeOf } from '../../src/fivetran/services.ts';
import { type CardConfig, isWebAddress } from './cards.ts';
import { Refusal } from './refusal.ts';
import type { NewConnection } from './store.ts';

/** A JSON object whose fields haven't been checked. */
export type Json = Record<string, unknown>;

/** A create request that the API takes. */
export interface CreateRequest {
  connection: NewConnection;
  runSetupTests: boolean;
  card: CardConfig | undefined;
}

interface Kind {
  /** Completes "`field` must be …". */
  label: string;
  accepts(value: unknown): boolean;
}

const text: Kind = {
  label: 'a string that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
};
const flag: Kind = { label: 'true or false', accepts: (value) => typeof value === 'boolean' };
const wholeNumber: Kind = {
  label: 'a whole number of 0 or more',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 0,
};
const mapping: Kind = { label: 'an object', accepts: isJson };
const wholeHour: Kind = {
  label: 'a whole hour from "00:00" to "23:00"',
  accepts: (value) => typeof value === 'string' && /^([01]\d|2[0-3]):00$/.test(value),
};
const webAddress: Kind = {
  label: 'a URI that starts with http:// or https://',
  accepts: (value) => typeof value === 'string' && isWebAddress(value),
};

function oneOf(...values: Array<string | number>): Kind {
  return {
    label: `one of ${values.join(', ')}`,
    accepts: (value) => values.some((allowed) => allowed === value),
  };
}

const CARD_FIELDS: Record<string, Kind> = {
  redirect_uri: webAddress,
  hide_setup_guide: flag,
  all_fields: flag,
};

/** Fields that the connection keeps and that the API returns. */
const KEPT_FIELDS: Record<string, Kind> = {
  group_id: text,
  service: text,
  config: mapping,
  paused: flag,
  pause_after_trial: flag,
  sync_frequency: oneOf(1, 5, 15, 30, 60, 120, 180, 360, 480, 720, 1440),
  schedule_type: oneOf('auto', 'manual'),
  daily_sync_time: wholeHour,
  data_delay_sensitivity: oneOf('LOW', 'NORMAL', 'HIGH', 'CUSTOM', 'SYNC_FREQUENCY'),
  data_delay_threshold: wholeNumber,
  networking_method: oneOf('Directly', 'PrivateLink', 'SshTunnel', 'ProxyAgent'),
  proxy_agent_id: text,
  private_link_id: text,
  hybrid_deployment_agent_id: text,
  destination_configuration: mapping,
  destination_schema_names: oneOf('FIVETRAN_NAMING', 'SOURCE_NAMING'),
  external_secrets_manager_id: text,
};

/** Fields that are used once, or never returned. */
const OTHER_FIELDS: Record<string, Kind> = {
  auth: mapping,
  external_secrets_keys_config: mapping,
  run_setup_tests: flag,
  trust_certificates: flag,
  trust_fingerprints: flag,
};

/** They control the setup tests of one request, and can't be all that it has. */
const TEST_FIELDS = ['run_setup_tests', 'trust_certificates', 'trust_fingerprints'];

/** The fields of `config` that carry a connection's name. */
export const NAME_FIELDS: Record<NameShape, readonly string[]> = {
  schema: ['schema'],
  'schema+table': ['schema', 'table'],
  schema_prefix: ['schema_prefix'],
  'schema+table_group_name': ['schema', 'table_group_name'],
};

/** Db2 keeps the *source* schema in a field that elsewhere names the destination. */
const OWN_FIELDS: Record<string, string> = { db2luw: 'schema' };

/** Checks the body of a create request. The older endpoint knows no `connect_card_config`. */
export function readCreateRequest(body: Json, endpoint: 'today' | 'older'): CreateRequest {
  const { connect_card_config: card, ...fields } = body;
  if (card !== undefined && endpoint === 'older') {
    throw invalid(
      '"connect_card_config" is not a field of this endpoint: ask for a card with ' +
        'POST /v1/connectors/{id}/connect-card-token, or use POST /v1/connections.',
    );
  }
  checkFields(fields, { ...KEPT_FIELDS, ...OTHER_FIELDS }, ['group_id', 'service']);
  const config = isJson(fields.config) ? fields.config : {};
  const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => key in KEPT_FIELDS));
  const naming = fields.destination_schema_names ?? 'FIVETRAN_NAMING';
  return {
    connection: {
      ...kept,
      group_id: String(fields.group_id),
      service: String(fields.service),
      schema: readName(String(fields.service), config, naming === 'FIVETRAN_NAMING'),
    },
    runSetupTests: fields.run_setup_tests !== false,
    card: card === undefined ? undefined : readCardConfig(card),
  };
}

/**
 * Checks the body of an update, and returns the fields of the connection that change.
 * https://fivetran.com/docs/rest-api/api-reference/connections/modify-connection
 */
export function readUpdateRequest(body: Json): Partial<NewConnection> {
  const { group_id, service, destination_schema_names, ...lasting } = KEPT_FIELDS;
  const others = { ...OTHER_FIELDS, schema_status: text, is_historical_sync: flag };
  checkFields(body, { ...lasting, ...others }, []);
  if (!Object.keys(body).some((field) => !TEST_FIELDS.includes(field))) {
    throw invalid('At least one field that the connection keeps is required.');
  }
  return Object.fromEntries(Object.entries(body).filter(([field]) => field in lasting));
}

/** Checks the body of a request for a card of a connection that exists. */
export function readCardRequest(body: Json): CardConfig {
  checkFields(body, { connect_card_config: mapping }, ['connect_card_config']);
  return readCardConfig(body.connect_card_config);
}

/** Checks the body of a request to run the setup tests. */
export function checkTestRequest(body: Json): void {
  checkFields(body, { trust_certificates: flag, trust_fingerprints: flag }, []);
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readCardConfig(card: unknown): CardConfig {
  if (!isJson(card)) throw invalid('"connect_card_config" must be an object.');
  checkFields(card, CARD_FIELDS, ['redirect_uri'], 'connect_card_config.');
  return {
    redirect_uri: String(card.redirect_uri),
    hide_setup_guide: card.hide_setup_guide === true,
    all_fields: card.all_fields === true,
  };
}

function readName(service: string, config: Json, fivetranNaming: boolean): string {
  const shape = shapeOf(service);
  if (!shape) {
    throw new Refusal(400, 'UnsupportedService', `The connector service "${service}" is unknown.`);
  }
  const wanted = NAME_FIELDS[shape];
  const foreign = Object.values(NAME_FIELDS)
    .flat()
    .find((field) => field in config && !wanted.includes(field));
  if (foreign && foreign !== OWN_FIELDS[service]) {
    throw invalid(
      `"config.${foreign}" does not apply to ${service}, whose name is in ${wanted.join(' and ')}.`,
    );
  }
  const parts = wanted.map((field) => {
    const value = config[field];
    if (typeof value !== 'string' || value === '') {
      throw invalid(`"config.${field}" is required for ${service}, as a string.`);
    }
    if (fivetranNaming && !/^[a-z_][a-z0-9_]*$/.test(value)) {
      throw invalid(
        `"config.${field}" must be lower-case letters, digits and underscores, not starting ` +
          'with a digit, under FIVETRAN_NAMING.',
      );
    }
    return value;
  });
  return parts.join('.');
}

/** Refuses unknown, missing and wrong-typed fields, all of them in one message. */
function checkFields(
  given: Json,
  known: Record<string, Kind>,
  required: string[],
  prefix = '',
): void {
  const problems = required
    .filter((field) => given[field] === undefined)
    .map((field) => `"${prefix}${field}" is required`);
  for (const [field, value] of Object.entries(given)) {
    const kind = Object.hasOwn(known, field) ? known[field] : undefined;
    if (!kind) problems.push(`"${prefix}${field}" is not a known field`);
    else if (!kind.accepts(value)) problems.push(`"${prefix}${field}" must be ${kind.label}`);
  }
  if (problems.length > 0) throw invalid(`${problems.join('; ')}.`);
}

function invalid(message: string): Refusal {
  return new Refusal(400, 'InvalidInput', message);
}

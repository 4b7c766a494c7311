import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { RecordedRequest } from '../../sandbox/fivetran/server.ts';

/** Fivetran's own description of its API, which lies beside the project and never in it. */
const DOCUMENT = new URL('../../../shared/fivetran/openapi.json', import.meta.url);

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
  ajv: Ajv;
}

interface Operation {
  parameters?: Array<{ name: string; in: string }>;
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

type Content = Record<string, { schema: Schema }>;

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  [keyword: string]: unknown;
}

/** Reads the description, corrected where it is wrong; undefined where it isn't at hand. */
export function loadOpenApi(): OpenApi | undefined {
  if (!existsSync(DOCUMENT)) return undefined;
  const document = JSON.parse(readFileSync(DOCUMENT, 'utf8'), mendEnum);
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  return { ...document, ajv };
}

/**
 * What is wrong with a request and its answer, by the description: nothing, for the two older
 * endpoints, which it doesn't have.
 */
export function validateExchange(openapi: OpenApi, recorded: RecordedRequest): string[] {
  const { method, path, query, body, status, response } = recorded;
  if (/^\/v1\/connectors(\/|$)/.test(path)) return [];
  const operation = findOperation(openapi, method, path);
  if (!operation) return [`${method} ${path}: not in the description`];

  const problems = Object.keys(query)
    .filter((name) => !operation.parameters?.some((one) => one.in === 'query' && one.name === name))
    .map((name) => `query "${name}" is unknown`);
  const requestSchema = operation.requestBody?.content['application/json']?.schema;
  if (requestSchema) {
    const specific = ofService(openapi, requestSchema, body);
    problems.push(...check(openapi, specific, body).map((problem) => `request ${problem}`));
    problems.push(...unknownFields(openapi, specific, body));
  } else if (body !== undefined) {
    problems.push('request has a body');
  }
  if (status >= 200 && status < 300) {
    const content = operation.responses[status]?.content;
    if (!content) problems.push(`status ${status} is not in the description`);
    const schema = content?.['application/json']?.schema ?? {};
    problems.push(...check(openapi, schema, response).map((problem) => `response ${problem}`));
    const data = (response as { data?: unknown } | undefined)?.data;
    const specific = ofService(openapi, schema.properties?.data ?? {}, data);
    problems.push(...check(openapi, specific, data).map((problem) => `response data${problem}`));
  }
  return problems.map((problem) => `${method} ${path}: ${problem}`);
}

/** Values of an enum are always strings in the description, and the type beside it may be wrong. */
function mendEnum(_key: string, value: unknown): unknown {
  const { type, enum: values } = (value ?? {}) as { type?: string; enum?: unknown };
  if (!Array.isArray(values)) return value;
  if (type === 'integer') return { ...(value as object), enum: values.map(Number) };
  if (type === 'object') return { ...(value as object), type: 'string' };
  return value;
}

function findOperation(openapi: OpenApi, method: string, path: string): Operation | undefined {
  const steps = path.split('/');
  const fits = (template: string) => {
    const wanted = template.split('/');
    return (
      wanted.length === steps.length &&
      wanted.every((step, index) => step.startsWith('{') || step === steps[index])
    );
  };
  const template = Object.keys(openapi.paths).find(fits);
  return template === undefined ? undefined : openapi.paths[template]?.[method.toLowerCase()];
}

/** The schema for the service that a value names, where there is one: `google_ads_…`. */
function ofService(openapi: OpenApi, schema: Schema, value: unknown): Schema {
  const name = schema.$ref?.split('/').at(-1);
  const service = (value as { service?: unknown } | undefined)?.service;
  const specific = `${service}_${name}`;
  return specific in openapi.components.schemas
    ? { $ref: `#/components/schemas/${specific}` }
    : schema;
}

const compiled = new WeakMap<OpenApi, Map<string, ValidateFunction>>();

function check(openapi: OpenApi, schema: Schema, value: unknown): string[] {
  const known = compiled.get(openapi) ?? new Map<string, ValidateFunction>();
  compiled.set(openapi, known);
  // References are relative to the description, of which this schema has been cut out.
  const text = JSON.stringify(schema).replaceAll('"#/', '"openapi#/');
  const validate = known.get(text) ?? openapi.ajv.compile(JSON.parse(text));
  known.set(text, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** The description allows any further field; a field that none of its parts has is an error. */
function unknownFields(openapi: OpenApi, schema: Schema, value: unknown): string[] {
  const fields = fieldsOf(openapi, schema);
  return Object.keys(value ?? {})
    .filter((field) => !fields.has(field))
    .map((field) => `request field "${field}" is unknown`);
}

function fieldsOf(openapi: OpenApi, schema: Schema): Set<string> {
  const whole = schema.$ref
    ? openapi.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    : schema;
  return new Set([
    ...Object.keys(whole?.properties ?? {}),
    ...(whole?.allOf ?? []).flatMap((part) => [...fieldsOf(openapi, part)]),
  ]);
}

import { nearest } from '../model/nearest.ts';
import {
  IN_SCHEMA,
  IN_SCHEMA_AND_TABLE,
  IN_SCHEMA_AND_TABLE_GROUP,
  IN_SCHEMA_PREFIX,
} from './services-table.ts';

/** Which fields of `config` carry a connection's destination name. */
export type NameShape = 'schema' | 'schema+table' | 'schema_prefix' | 'schema+table_group_name';

const TABLES: ReadonlyArray<[NameShape, string]> = [
  ['schema+table', IN_SCHEMA_AND_TABLE],
  ['schema_prefix', IN_SCHEMA_PREFIX],
  ['schema+table_group_name', IN_SCHEMA_AND_TABLE_GROUP],
  ['schema', IN_SCHEMA],
];

/** Names that Fivetran has retired, with what they are called today. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([['adwords', 'google_ads']]);

/** How a connector type wants its destination name, or undefined for a type that isn't known. */
export function shapeOf(service: string): NameShape | undefined {
  if (!canBeService(service)) return undefined;
  const whole = new RegExp(`\\b${service}\\b`);
  return TABLES.find(([, names]) => whole.test(names))?.[0];
}

/** Whether a text has the form of a connector type: `google_ads` has, `Google Ads` hasn't. */
export function canBeService(text: string): boolean {
  return /^[a-z0-9_]+$/.test(text);
}

/** What a retired connector type is called today, or undefined. */
export function successorOf(service: string): string | undefined {
  return SUCCESSORS.get(service);
}

/** Whether two names are the same connector type, one of them retired perhaps. */
export function sameService(one: string, other: string): boolean {
  return (successorOf(one) ?? one) === (successorOf(other) ?? other);
}

/** A text written as a connector type is: `Google Ads` becomes `google_ads`. */
export function slugOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

/**
 * The known connector types that somebody may have meant, nearest first, three at most:
 * `Google Ads` and `google_adds` both return `google_ads`.
 */
export function nearestServices(text: string): string[] {
  const wanted = slugOf(text).slice(0, 64);
  const successor = successorOf(wanted);
  if (successor) return [successor];
  if (shapeOf(wanted)) return [wanted];
  let near = NEAREST.get(wanted);
  if (!near) {
    near = nearest(wanted, knownServices()).slice(0, 3);
    NEAREST.set(wanted, near);
  }
  return near;
}

/** Remembered, as a long list may have one error many times. */
const NEAREST = new Map<string, string[]>();

/**
 * The known connector types that an unknown one is probably a misspelling of, three at most. Stricter
 * than a suggestion, because Fivetran adds types every week: `hubspott` and `googleads` are near
 * misses; another number (`canvas_data_3`), one more word (`stripe_eu`) and short names aren't.
 */
export function nearMisses(service: string): string[] {
  if (shapeOf(service) || successorOf(service)) return [];
  return nearestServices(service).filter((known) => {
    if (bare(service) === bare(known)) return true;
    if (service.replace(/\d+/g, '0') === known.replace(/\d+/g, '0')) return false;
    if (`${service}_`.startsWith(`${known}_`) || `${known}_`.startsWith(`${service}_`))
      return false;
    const most = service.length < 5 ? 0 : service.length < 9 ? 1 : 2;
    return nearest(service, [known], most).length > 0;
  });
}

function bare(service: string): string {
  return service.replaceAll('_', '');
}

/** Every connector type that this version knows. */
export function knownServices(): string[] {
  return TABLES.flatMap(([, table]) => table.trim().split(/\s+/));
}

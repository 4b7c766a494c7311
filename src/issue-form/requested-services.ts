import { nameFromType } from '../fivetran/service-names.ts';
import {
  canBeService,
  nearestServices,
  sameService,
  shapeOf,
  slugOf,
  successorOf,
} from '../fivetran/services.ts';
import { MOST_SERVICES } from '../inputs/fields.ts';
import type { FormReader } from './form-reader.ts';

/** Finds the connector type that people call so; undefined where none is found. */
export type Resolve = (name: string) => Promise<string | undefined>;

/** More allowed services than these aren't listed. */
const MOST_LISTED = 10;

/**
 * The connector types that a form asks for, each once; none with a problem reported.
 * @param allowed those that can be asked for, with `*` for any text
 */
export async function readServices(
  read: FormReader,
  allowed: readonly string[],
  resolve: Resolve,
): Promise<string[]> {
  const names = read.services();
  if (names.length > MOST_SERVICES) {
    read.wrong('service', `names more than ${MOST_SERVICES}.`, 'Open another issue for the rest.');
    return [];
  }
  const services: string[] = [];
  const found = await Promise.all(names.map((name) => serviceOf(name, resolve)));
  for (const [index, service] of found.entries()) {
    if (service === undefined) {
      const [near] = nearestServices(names[index] ?? '');
      const fix = near
        ? `Did you mean ${near}?`
        : "Write Fivetran's name for it, for example Google Ads or google_ads.";
      read.wrong('service', 'names a source that is not known.', fix);
    } else if (!allowed.some((pattern) => matches(service, pattern))) {
      read.wrong('service', "isn't one of those that can be asked for here.", choiceOf(allowed));
    } else if (!services.some((one) => sameService(one, service))) services.push(service);
  }
  return services;
}

/** A connector type by its own name, or by the one that people know. */
async function serviceOf(name: string, resolve: Resolve): Promise<string | undefined> {
  const known = [name, slugOf(name)].find((one) => shapeOf(one) ?? successorOf(one));
  if (known !== undefined) return known;
  const resolved = await resolve(name);
  if (resolved !== undefined && canBeService(resolved)) return resolved;
  return canBeService(name) ? name : undefined;
}

function choiceOf(allowed: readonly string[]): string {
  const listed = allowed.length <= MOST_LISTED && !allowed.some((one) => one.includes('*'));
  return listed ? `Choose from ${allowed.map(nameFromType).join(', ')}.` : 'Choose another one.';
}

/** Whether a connector type matches a pattern in which `*` stands for any text. */
function matches(service: string, pattern: string): boolean {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(service);
}

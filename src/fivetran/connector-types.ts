import type { Sender } from '../http/transport.ts';
import { oneLine } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';
import { nameFromType } from './service-names.ts';
import { canBeService, knownServices, shapeOf, slugOf } from './services.ts';

/** A connector type as people know it. */
export interface ConnectorType {
  /** For example «Google Ads». */
  name: string;
  /** Fivetran's documentation of it. */
  docsUrl: string | undefined;
}

/** Milliseconds after which the request for a name ends, so that it doesn't hold up others. */
const LIMIT_MS = 5_000;

/**
 * The connector types' display names, as Fivetran's metadata has them. No failure gets out of here:
 * a name can be put together from the connector type, and a name that nobody knows stays unknown.
 * https://fivetran.com/docs/rest-api/api-reference/connector-metadata
 */
export class ConnectorTypes {
  readonly #sender: Sender;
  readonly #elapsed: () => number;
  #listed: Promise<ReadonlyMap<string, string | undefined>> | undefined;
  #published: Promise<ReadonlyMap<string, string | undefined>> | undefined;

  /** @param elapsed milliseconds by the clock that deadlines go by */
  constructor(sender: Sender, elapsed: () => number) {
    this.#sender = sender;
    this.#elapsed = elapsed;
  }

  /** What people call a connector type. Never throws. */
  async describe(service: string): Promise<ConnectorType> {
    const data = canBeService(service)
      ? await this.#get(`/v1/metadata/connector-types/${service}`, this.#elapsed() + LIMIT_MS)
      : undefined;
    const said = isRecord(data) && typeof data.name === 'string' ? oneLine(data.name, 80) : '';
    return {
      name: said || nameFromType(service),
      docsUrl: isRecord(data) ? docsUrl(data.link_to_docs) : undefined,
    };
  }

  /**
   * The connector type that people call so, compared without case; undefined where none is, or
   * several are. Never throws.
   */
  async serviceCalled(displayName: string): Promise<string | undefined> {
    const slug = slugOf(displayName);
    if (shapeOf(slug)) return slug;
    const name = folded(displayName);
    this.#listed ??= this.#list('/v1/metadata/connector-types?limit=1000');
    const listed = await this.#listed;
    if (listed.has(name)) return listed.get(name);
    this.#published ??= this.#list('/public/connector-types');
    const published = await this.#published;
    if (published.has(name)) return published.get(name);
    // Neither list has every database. The name that a comment would show is understood as well.
    return knownServices().find((service) => folded(nameFromType(service)) === name);
  }

  /** All pages of a list: connector types by name, undefined for a name that several have. */
  async #list(path: string): Promise<ReadonlyMap<string, string | undefined>> {
    const services = new Map<string, string | undefined>();
    const cursors = new Set<string>();
    for (let cursor = ''; !cursors.has(cursor); ) {
      cursors.add(cursor);
      const next =
        cursor && `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
      const data = await this.#get(path + next);
      const items = isRecord(data) ? data.items : data;
      for (const item of Array.isArray(items) ? items : []) addTo(services, item);
      cursor = isRecord(data) && typeof data.next_cursor === 'string' ? data.next_cursor : '';
    }
    return services;
  }

  /** What a response holds; undefined where there is none. */
  async #get(path: string, deadline = Number.POSITIVE_INFINITY): Promise<unknown> {
    try {
      // As if it couldn't be repeated: where it fails, nothing is worth waiting for.
      const { body } = await this.#sender.send({
        method: 'GET',
        path,
        repeatable: false,
        deadline,
      });
      return isRecord(body) ? body.data : undefined;
    } catch {
      return undefined;
    }
  }
}

function addTo(services: Map<string, string | undefined>, item: unknown): void {
  if (!isRecord(item) || typeof item.id !== 'string' || typeof item.name !== 'string') return;
  if (!canBeService(item.id)) return;
  const name = folded(item.name);
  services.set(name, services.has(name) && services.get(name) !== item.id ? undefined : item.id);
}

function folded(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** A link that can be shown: Fivetran's own, encrypted. */
function docsUrl(given: unknown): string | undefined {
  if (typeof given !== 'string' || !URL.canParse(given)) return undefined;
  const { protocol, hostname, port, username, password, href } = new URL(given);
  const isFivetran = hostname === 'fivetran.com' || hostname.endsWith('.fivetran.com');
  const isPlain = protocol === 'https:' && !port && !username && !password;
  return isFivetran && isPlain ? href : undefined;
}

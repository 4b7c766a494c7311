import type { ConnectorType, ConnectorTypes } from '../fivetran/connector-types.ts';
import { nameFromType } from '../fivetran/service-names.ts';
import type { Entry } from '../model/issue-record.ts';

/** What people call the connector types of a run, asked beside everything else and never waited for. */
export class DisplayNames {
  readonly #types: ConnectorTypes;
  /** Undefined for those that are being asked for. */
  readonly #known = new Map<string, ConnectorType | undefined>();

  constructor(types: ConnectorTypes) {
    this.#types = types;
  }

  /** Begins to ask for connector types' names, once for each, except for those that are on record. */
  start(services: Iterable<string>, entries: readonly Entry[]): void {
    for (const { request, title, docs: docsUrl } of entries) {
      if (title !== undefined) this.#known.set(request.service, { name: title, docsUrl });
    }
    for (const service of services) {
      if (this.#known.has(service)) continue;
      this.#known.set(service, undefined);
      void this.#types.describe(service).then((type) => this.#known.set(service, type));
    }
  }

  /** An entry with its name, where that is known by now. A name put together needs no record. */
  applyTo(entry: Entry): Entry {
    const { service } = entry.request;
    const type = this.#known.get(service);
    if (entry.title !== undefined || !type) return entry;
    if (!type.docsUrl && type.name === nameFromType(service)) return entry;
    return { ...entry, title: type.name, ...(type.docsUrl && { docs: type.docsUrl }) };
  }
}

import type { Connection } from '../../src/model/connection.ts';
import { type Entry, newEntry } from '../../src/model/issue-record.ts';
import { fingerprintOf } from '../../src/report/links-in-comment.ts';

// What all pictures are about: one customer, on one day.

/** When the pictures' links were created. */
export const NOW = Date.parse('2026-11-24T09:38:00Z');
export const TOMORROW = new Date(NOW + 24 * 60 * 60 * 1000);
export const GROUP = 'acme_group';

/** A link as long as Fivetran's: its token is a JWT. */
export function linkOf(name: string): string {
  const part = (text: string) => Buffer.from(text).toString('base64url');
  const payload = {
    d: { login: true, group: GROUP, connector: name, method: 'PbfCard' },
    iat: NOW,
  };
  const token = [part('{"typ":"JWT","alg":"HS256"}'), part(JSON.stringify(payload)), part(name)];
  const redirect = encodeURIComponent('https://acme.example/connected');
  return `https://fivetran.com/connect-card/setup?redirect_uri=${redirect}&auth=${token.join('.')}`;
}

/** A source of the customer's, named as Fivetran names it. */
export function source(service: string, title: string, id: string): Entry {
  return {
    ...newEntry({ group: GROUP, service, schema: `globex_${service}` }),
    connection: id,
    title,
    docs: `https://fivetran.com/docs/connectors/applications/${service.replaceAll('_', '-')}`,
  };
}

/** The same source with a link that works. */
export function ready(entry: Entry): Entry {
  const { schema } = entry.request;
  return {
    ...entry,
    state: 'ready',
    expires: TOMORROW.getTime(),
    link: fingerprintOf(linkOf(schema)),
  };
}

/** The connection of a source, as Fivetran has it. */
export function connectionOf({ request, connection = '' }: Entry): Connection {
  return {
    id: connection,
    service: request.service,
    name: request.schema,
    groupId: GROUP,
    setupState: 'incomplete',
    createdAt: NOW,
  };
}

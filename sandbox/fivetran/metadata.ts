import { shapeOf } from '../../src/fivetran/services.ts';
import {
  IN_SCHEMA,
  IN_SCHEMA_AND_TABLE,
  IN_SCHEMA_AND_TABLE_GROUP,
  IN_SCHEMA_PREFIX,
} from '../../src/fivetran/services-table.ts';
import { NAME_FIELDS } from './create-request.ts';
import { displayNameOf } from './display-names.ts';
import { Refusal } from './refusal.ts';

/** A connector type as Fivetran's metadata describes it, without its settings. */
export interface ConnectorType {
  id: string;
  name: string;
  type: string;
  description: string;
  icons: string[];
  icon_url: string;
  link_to_docs: string;
  link_to_erd: string;
  connector_class: string;
  supported_features: object[];
  service_status: string;
  service_status_updated_at: string;
}

const SERVICES = [IN_SCHEMA, IN_SCHEMA_AND_TABLE, IN_SCHEMA_PREFIX, IN_SCHEMA_AND_TABLE_GROUP]
  .flatMap((text) => text.trim().split(/\s+/))
  .sort();

/** All connector types, in alphabetical order. */
export function connectorTypes(): ConnectorType[] {
  return SERVICES.map(typeOf);
}

/** One of them with its settings; refuses an unknown one as the API does. */
export function connectorType(service: string): ConnectorType & { config: object } {
  const shape = shapeOf(service);
  if (!shape) {
    throw new Refusal(404, 'NotFound_Service', `The connector service "${service}" is unknown.`);
  }
  const fields = NAME_FIELDS[shape].map((field) => [field, { type: 'string' }]);
  return {
    ...typeOf(service),
    config: { type: 'object', properties: Object.fromEntries(fields) },
  };
}

function typeOf(id: string): ConnectorType {
  const name = displayNameOf(id);
  const slug = id.replaceAll('_', '-');
  const icon = `https://fivetran.com/integrations/${id}/resources/${slug}.svg`;
  return {
    id,
    name,
    type: 'API',
    description: `Data from ${name}.`,
    icons: [icon],
    icon_url: icon,
    link_to_docs: `https://fivetran.com/docs/connectors/applications/${slug}`,
    link_to_erd: `https://fivetran.com/docs/connectors/applications/${slug}#schemainformation`,
    connector_class: 'standard',
    supported_features: [],
    service_status: 'general_availability',
    service_status_updated_at: '2024-01-01',
  };
}

import type { ConnectorType, ConnectorTypes } from '../fivetran/connector-types.ts';
import type { Entry } from '../model/issue-record.ts';

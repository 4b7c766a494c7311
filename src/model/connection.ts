/** The options of a Connect Card. */
export interface CardShape {
  /** Where the customer is sent after Save & Test. */
  redirectUri: string;
  hideSetupGuide: boolean;
  allFields: boolean;
}

/** A Connect Card: a bearer credential for one connection. */
export interface Card {
  link: string;
  token: string;
  /** When the link stops working. */
  expiresAt: Date;
}

/** A connection's destination name, as a person writes it. */
export interface DestinationName {
  service: string;
  schema: string;
  table?: string;
}

/** The connection's name as Fivetran has it, by which it can be looked up: `schema` or `schema.table`. */
export function connectionName({ schema, table }: Omit<DestinationName, 'service'>): string {
  return table === undefined ? schema : `${schema}.${table}`;
}

export type SetupState = 'incomplete' | 'connected' | 'broken';

/** A connection as Fivetran has it. */
export interface Connection {
  id: string;
  service: string;
  /** Its name: `schema`, `schema.table` or the prefix. */
  name: string;
  groupId: string;
  setupState: SetupState | undefined;
  /** Milliseconds since 1970; NaN where the response lacked it. */
  createdAt: number;
  /** Whether it is paused; absent where the response lacked it. */
  paused?: boolean;
}

/** A connection to create. */
export interface NewConnection extends DestinationName {
  groupId: string;
  config: Record<string, unknown>;
  settings: Record<string, unknown>;
  card: CardShape;
}

/** The endpoints that are used: today's, or the two of the guide of 2022. */
export type ApiFlavour = 'connections' | 'connectors';

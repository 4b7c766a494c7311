import type { WireFault } from '../wire/faults.ts';

/** How a sandbox behaves. Everything but the port may be changed while it runs. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0 takes any free one. */
  port?: number;
  apiKey?: string;
  apiSecret?: string;
  groups?: Group[];
  /** What happens to a second connection of the same name in a group: undocumented. */
  duplicates?: 'accept' | 'refuse-400' | 'refuse-409';
  /** Requests per rolling hour. */
  rateLimit?: number;
  /** Milliseconds added to every answer of the API. */
  latency?: number;
  /** Seconds for which a card's link works. */
  linkLifetime?: number;
  cardTokens?: 'jwt' | 'opaque';
  /** Milliseconds for which a new connection is missing from look-ups and listings. */
  settlingMs?: number;
  /** The time in milliseconds, for tests that need another clock. */
  now?: () => number;
  /** Called once for every request of the API, when it has been answered or dropped. */
  log?: (request: RecordedRequest) => void;
}

export type Settings = Required<SandboxOptions>;

export interface Group {
  id: string;
  name: string;
}

export type SetupState = 'incomplete' | 'connected' | 'broken';

/** A connection as the API describes it. */
export interface SandboxConnection {
  id: string;
  group_id: string;
  service: string;
  service_version: number;
  /** The connection's name: `schema`, `schema.table`, a prefix or `schema.table_group_name`. */
  schema: string;
  connected_by: string;
  created_at: string;
  status: {
    setup_state: SetupState;
    sync_state: string;
    update_state: string;
    is_historical_sync: boolean;
    tasks: Notice[];
    warnings: Notice[];
  };
  paused: boolean;
  pause_after_trial: boolean;
  sync_frequency: number;
  schedule_type: string;
  data_delay_sensitivity: string;
  data_delay_threshold: number;
  daily_sync_time?: string;
  networking_method: string;
  proxy_agent_id?: string;
  private_link_id?: string;
  hybrid_deployment_agent_id?: string;
  external_secrets_manager_id?: string;
  destination_configuration?: object;
  destination_schema_names: string;
  config: Record<string, unknown>;
}

interface Notice {
  code: string;
  message: string;
}

/** One request of the API and what became of it. */
export interface RecordedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** The parsed JSON body; undefined where there is none or it can't be parsed. */
  body: unknown;
  /** The answer's status; 0 until, and unless, one is sent. */
  status: number;
  /** The parsed JSON of the answer; undefined where it has none. */
  response: unknown;
  /** When the request came in, by the sandbox's clock. */
  at: number;
}

export type RequestKind =
  | 'create'
  | 'look-up'
  | 'list'
  | 'get'
  | 'update'
  | 'card'
  | 'token'
  | 'metadata'
  | 'metadata-list'
  | 'public-list';

/** Something that goes wrong between a client and Fivetran. */
export interface Fault {
  /** `look-up` is a listing with a schema filter, `list` one without. */
  on: RequestKind | 'any';
  /** How many requests it strikes (1). */
  times?: number;
  /** How many matching requests pass first (0). */
  skip?: number;
  /** Called before the request is carried out: what others do at just that moment. */
  meanwhile?: () => unknown;
  /** Whether the request is carried out: not at all, before the fault, or that many ms later. */
  effect?: 'none' | 'done' | number;
  /** Without one the request is carried out and answered as usual. */
  answer?:
    | WireFault
    | 'html'
    | 'empty'
    /** Carried out and answered as usual, but for the card, which the answer lacks. */
    | 'no-card'
    | {
        status: number;
        code?: string;
        message?: string;
        headers?: Record<string, string>;
        body?: string | object;
      };
}

export interface Sandbox {
  url: string;
  apiKey: string;
  apiSecret: string;
  options: Settings;
  /** Live state, oldest first. Tests may change a `status.setup_state`. */
  connections: SandboxConnection[];
  requests: RecordedRequest[];
  /** Adds a connection as if somebody had created it earlier: no request, visible at once. */
  addConnection(connection: {
    groupId: string;
    service: string;
    schema: string;
    setupState?: SetupState;
    createdAt?: string;
    paused?: boolean;
  }): SandboxConnection;
  /** Removes a connection, as somebody may do in Fivetran. */
  removeConnection(id: string): void;
  /** Queues a fault. A request is struck by the first one in the queue that matches it. */
  fault(fault: Fault): void;
  /** Fills in a card as its customer would; returns where the browser is sent, throws if refused. */
  completeCard(link: string): Promise<string>;
  /** Stops, dropping open sockets. */
  close(): Promise<void>;
}

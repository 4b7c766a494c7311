/** A request that a stand-in has received, word for word, and what it answered. */
export interface Exchange {
  to: 'fivetran' | 'github';
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Empty until, and unless, there is an answer. */
  response: string;
  /** Whether everybody can read the repository; for Fivetran, whether somebody can is no matter. */
  isPublic: boolean;
}

/** The requests that the stand-ins of this process receive from now on. */
export interface Journal {
  exchanges: readonly Exchange[];
  /** Whether nobody else kept one meanwhile: then all requests are of one run. */
  isAlone(): boolean;
  /** Ends it. */
  end(): void;
}

const journals = new Map<Exchange[], { isAlone: boolean }>();

/** Begins to keep every request word for word, as a step that may leak something needs it. */
export function keepJournal(): Journal {
  const exchanges: Exchange[] = [];
  const state = { isAlone: journals.size === 0 };
  for (const other of journals.values()) other.isAlone = false;
  journals.set(exchanges, state);
  return {
    exchanges,
    isAlone: () => state.isAlone,
    end: () => journals.delete(exchanges),
  };
}

/** Called by the stand-ins for each request. */
export function note(exchange: Exchange): void {
  for (const exchanges of journals.keys()) exchanges.push(exchange);
}

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { SandboxConnection, Settings } from './types.ts';

/** What a client may ask of a card. */
export interface CardConfig {
  redirect_uri: string;
  hide_setup_guide?: boolean;
  all_fields?: boolean;
}

export interface Card {
  token: string;
  connectionId: string;
  createdAt: number;
  /** Undefined for a token of the older API, which learns the redirect from the link. */
  config: CardConfig | undefined;
}

/** The cards that exist. Only the newest card of a connection can be opened. */
export class Cards {
  readonly #settings: Settings;
  readonly #secret = randomBytes(32);
  readonly #byToken = new Map<string, Card>();
  readonly #newest = new Map<string, Card>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Creates a card for a connection; the one before it stops working. */
  create(connection: SandboxConnection, config?: CardConfig): Card {
    const createdAt = this.#settings.now();
    const token =
      this.#settings.cardTokens === 'jwt'
        ? this.#jwt(connection, createdAt)
        : randomBytes(32).toString('base64url');
    const card = { token, connectionId: connection.id, createdAt, config };
    this.#byToken.set(token, card);
    this.#newest.set(connection.id, card);
    return card;
  }

  /** The card of a token that was handed out exactly so; a forged or altered one has none. */
  find(token: string): Card | undefined {
    return this.#byToken.get(token);
  }

  isNewest(card: Card): boolean {
    return this.#newest.get(card.connectionId) === card;
  }

  /** The cards whose links work. */
  working(): Card[] {
    return [...this.#newest.values()].filter((card) => this.#settings.now() < this.expiry(card));
  }

  /** The connection that a token's link leads to; undefined where the link doesn't work. */
  opens(token: string): string | undefined {
    const card = this.find(token);
    const works = card && this.isNewest(card) && this.#settings.now() < this.expiry(card);
    return works ? card.connectionId : undefined;
  }

  /** When the card's link stops working, in milliseconds. */
  expiry(card: Card): number {
    return card.createdAt + this.#settings.linkLifetime * 1000;
  }

  /** Like Fivetran's: HS256, `iat` in seconds, no `exp`, what it is for under `d`. */
  #jwt(connection: SandboxConnection, createdAt: number): string {
    const body = [
      { typ: 'JWT', alg: 'HS256' },
      {
        d: {
          login: true,
          user: 'sandbox_user',
          account: 'sandbox_account',
          group: connection.group_id,
          connector: connection.id,
          method: 'PbfCard',
          identity: false,
          // Two cards created in the same second must not be the same.
          nonce: randomUUID(),
        },
        iat: Math.floor(createdAt / 1000),
      },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${body}.${createHmac('sha256', this.#secret).update(body).digest('base64url')}`;
  }
}

/** The address of a card's page, as the API gives it. */
export function cardUri(origin: string, token: string, config: CardConfig): string {
  const query = new URLSearchParams({ redirect_uri: config.redirect_uri, auth: token });
  if (config.hide_setup_guide) query.set('hide_setup_guide', 'true');
  return `${origin}/connect-card/setup?${query}`;
}

/** Whether a customer's browser can be sent there. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && URL.canParse(address);
}

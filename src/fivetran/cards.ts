import type { Card, CardShape } from '../model/connection.ts';
import { isRecord } from '../model/json.ts';

/** A link works for one day: fivetran.com/docs/rest-api/api-reference/connect-card */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** `connect_card_config`, as both the create and the card request take it. */
export function cardConfig({ redirectUri, hideSetupGuide, allFields }: CardShape): object {
  return {
    redirect_uri: redirectUri,
    ...(hideSetupGuide && { hide_setup_guide: true }),
    ...(allFields && { all_fields: true }),
  };
}

/**
 * Reads the `connect_card` of a response.
 * @param issuedAt the server's clock, in milliseconds, for tokens without an issue time
 * @returns undefined when there is no card in it, or one without a usable link
 */
export function readCard(connectCard: unknown, issuedAt: number): Card | undefined {
  if (!isRecord(connectCard)) return undefined;
  const { token, uri } = connectCard;
  if (typeof token !== 'string' || !token || typeof uri !== 'string') return undefined;
  if (!URL.canParse(uri) || !/^https?:$/.test(new URL(uri).protocol)) return undefined;
  return { link: uri, token, expiresAt: expiryOf(token, issuedAt) };
}

/** Builds a link from a token, as the guide of 2022 and the older endpoints want it. */
export function assembleCard(token: string, shape: CardShape, issuedAt: number): Card {
  const guide = shape.hideSetupGuide ? '&hide_setup_guide=true' : '';
  const redirect = encodeURIComponent(shape.redirectUri);
  const auth = encodeURIComponent(token);
  return {
    link: `https://fivetran.com/connect-card/setup?redirect_uri=${redirect}&auth=${auth}${guide}`,
    token,
    expiresAt: expiryOf(token, issuedAt),
  };
}

/**
 * One day after the token's `iat`, which is in seconds; after `issuedAt` where it has none, or one that
 * can't be this card's.
 */
function expiryOf(token: string, issuedAt: number): Date {
  try {
    const payload: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    );
    const said = isRecord(payload) ? Number(payload.iat) * 1000 : Number.NaN;
    const isUsable = Math.abs(said - issuedAt) < LIFETIME_MS;
    return new Date((isUsable ? said : issuedAt) + LIFETIME_MS);
  } catch {
    return new Date(issuedAt + LIFETIME_MS);
  }
}

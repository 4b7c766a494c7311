import { expect, test } from '@jest/globals';
import { assembleCard, readCard } from '../../src/fivetran/cards.ts';

const DAY_MS = 24 * 3_600_000;
/** When the card was issued, in seconds; its response came an hour later, by another clock. */
const IAT = 1_795_600_000;
const DATE = IAT * 1000 + 3_600_000;
const shape = { redirectUri: 'https://a.example', hideSetupGuide: false, allFields: false };

const jwt = (payload: unknown) =>
  `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`;

test.each([
  { what: 'its own time of issue', token: jwt({ iat: IAT }), issued: IAT * 1000 },
  { what: 'the response, where it says none', token: jwt({}), issued: DATE },
  { what: 'the response, where that is no number', token: jwt({ iat: 'now' }), issued: DATE },
  { what: 'the response, where that is in milliseconds', token: jwt({ iat: DATE }), issued: DATE },
  { what: 'the response, where that is no time', token: jwt({ iat: -1e300 }), issued: DATE },
  { what: 'the response, where it is opaque', token: 'opaque', issued: DATE },
])('a link works for one day after $what', ({ token, issued }) => {
  const end = new Date(issued + DAY_MS);
  const uri = `https://fivetran.com/connect-card/setup?auth=${token}`;
  expect(readCard({ token, uri }, DATE)?.expiresAt).toEqual(end);
  expect(assembleCard(token, shape, DATE).expiresAt).toEqual(end);
});

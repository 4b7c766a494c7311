import { expect, test } from '@jest/globals';
import { checkCard } from '../../src/inputs/check-request.ts';

test.each([
  { settings: { networking_method: 'PrivateLink' }, missing: 'private_link_id' },
  { settings: { networking_method: 'ProxyAgent' }, missing: 'proxy_agent_id' },
  {
    settings: { networking_method: 'PrivateLink', proxy_agent_id: 'x' },
    missing: 'private_link_id',
  },
  { settings: { networking_method: 'PrivateLink', private_link_id: 'x' }, missing: undefined },
  { settings: { networking_method: 'ProxyAgent', proxy_agent_id: 'x' }, missing: undefined },
  { settings: { networking_method: 'SshTunnel' }, missing: undefined },
  { settings: { networking_method: 'toString' }, missing: undefined },
  { settings: {}, missing: undefined },
])('$settings lacks $missing', ({ settings, missing }) => {
  const problems: Array<{ input: string; message: string }> = [];
  checkCard({ redirectUri: 'https://example.com', settings }, (input, message) =>
    problems.push({ input, message }),
  );
  expect(problems.map(({ input }) => input)).toEqual(missing ? ['settings.networking_method'] : []);
  if (missing) expect(problems[0]?.message).toContain(missing);
});

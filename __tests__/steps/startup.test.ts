import { statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { measureStartup, overBudget, readBudget } from '../../bench/startup.ts';

test('start-up loads no more than its budget', async () => {
  const first = await measureStartup();
  expect(overBudget(first, readBudget())).toBe('');
  expect(await measureStartup()).toEqual(first);
});

test('without SIMD, the HTTP parser that does without it is loaded, and only then', async () => {
  const { size } = statSync(new URL('../../dist/llhttp-wasm.js', import.meta.url));
  const usual = await measureStartup();
  const other = await measureStartup({ UNDICI_NO_WASM_SIMD: '1' });
  expect(other.bytes - usual.bytes).toBe(size);
});

test('more than 5 % over the budget is too much, and the message says what to do', () => {
  const budget = { modules: 100, bytes: 1000 };
  expect(overBudget({ modules: 105, bytes: 1050 }, budget)).toBe('');
  expect(overBudget({ modules: 106, bytes: 1000 }, budget)).toMatch(
    /106 modules instead of 100\. .*npm run startup -- --write/,
  );
  expect(overBudget({ modules: 1, bytes: 1051 }, budget)).toMatch(/1051 bytes instead of 1000/);
});

// https://docs.github.com/actions/how-tos/create-and-publish-actions/publish-in-github-marketplace
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ROOT } from '../act/act.ts';

interface Entry {
  description?: string;
  required?: boolean;
  default?: string;
}

interface Action {
  name: string;
  description: string;
  author: string;
  branding: { icon: string; color: string };
  inputs: Record<string, Entry>;
  outputs: Record<string, Entry>;
  runs: { using: string; main: string };
}

const action: Action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

test('one action, in the root, with a README and a licence', () => {
  expect(existsSync(join(ROOT, 'action.yaml'))).toBe(false);
  for (const path of ['README.md', 'LICENSE', action.runs.main]) {
    expect(existsSync(join(ROOT, path))).toBe(true);
  }
});

test('the name says what it is for, and is none of the names that GitHub refuses', () => {
  expect(action.name).toContain('Fivetran');
  expect(action.name).toMatch(/^[A-Z][\w ]{4,49}$/);
  expect(action.name).not.toMatch(/github|^(deployment|utilities|security|publishing|testing)$/i);
});

test('the description is one line of fewer than 125 characters', () => {
  expect(action.description.length).toBeLessThan(125);
  expect(action.description).not.toContain('\n');
});

test('the branding is an icon of Feather and a colour that GitHub has', () => {
  expect(action.branding.icon).toBe('link');
  expect([
    'white',
    'black',
    'yellow',
    'blue',
    'green',
    'orange',
    'red',
    'purple',
    'gray-dark',
  ]).toContain(action.branding.color);
  expect(action.author).not.toBe('');
});

test('every input and output is described, and nothing required has a default', () => {
  const entries = Object.entries({ ...action.inputs, ...action.outputs });
  expect(entries.length).toBeGreaterThan(20);
  for (const [name, entry] of entries) {
    expect([name, entry.description?.trim() || undefined]).toEqual([name, expect.any(String)]);
    expect(entry.required === true && entry.default !== undefined).toBe(false);
  }
});

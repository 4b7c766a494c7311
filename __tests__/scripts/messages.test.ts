import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { InputReader } from '../../src/inputs/input-reader.ts';
import { readMessage } from '../../src/inputs/message-input.ts';
import { readableTime } from '../../src/model/readable-time.ts';
import { customerMessage } from '../../src/report/message.ts';
import { PUBLISHED, ROOT } from '../act/act.ts';

const FOLDER = join(ROOT, 'examples/messages');
const LANGUAGES = ['de', 'en', 'es', 'fr', 'ja', 'pt'];
const expiresAt = new Date('2026-11-25T09:38:00Z');
const sources = ['Google Ads', 'Stripe', 'Facebook Ads'].map((title, index) => ({
  title,
  link: `https://fivetran.com/connect-card/setup?auth=${index}`,
  expiresAt,
}));
const template = (language: string) => readFileSync(join(FOLDER, `${language}.txt`), 'utf8');

/** Columns that a line takes: two for each Japanese character. */
const columns = (line: string) =>
  [...line].reduce((sum, character) => sum + (/[\u3000-\uffef]/.test(character) ? 2 : 1), 0);

test('there is a message in each of the six languages', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
  expect(files.toSorted()).toEqual(LANGUAGES.map((language) => `${language}.txt`));
  expect(new Set(LANGUAGES.map(template)).size).toBe(LANGUAGES.length);
});

describe.each(LANGUAGES)('the message in %s', (language) => {
  const read = new InputReader({ INPUT_MESSAGE: template(language) });
  const message = readMessage(read);

  test('is one that the input message accepts', () => {
    expect(read.problems).toEqual([]);
    expect(message).toBe(template(language).trim());
  });

  test.each([1, 3])('is complete with %i sources', (count) => {
    const text = customerMessage(message, sources.slice(0, count), 'Globex');
    expect(text).not.toMatch(/[{}]/);
    expect(text.split('\n')[0]).toContain('Globex');
    // A colon: the time is written in English.
    expect(text).toMatch(new RegExp(`[:：] ?${readableTime(expiresAt)}$`, 'm'));
    expect(text).toContain('Save & Test');
    const links =
      count === 1 ? [sources[0]?.link] : sources.map(({ title, link }) => `${title}: ${link}`);
    expect(text).toContain(`\n\n${links.join('\n')}\n\n`);
  });

  test('greets without a name where the form has none', () => {
    const [greeting = ''] = customerMessage(message, sources, undefined).split('\n');
    expect(greeting).toMatch(/^\S.*[,:様]$/);
    expect(greeting).not.toMatch(/ [,:]| {2}/);
  });

  test('has no line that a comment would cut off', () => {
    const wide = template(language)
      .split('\n')
      .filter((line) => columns(line) > 80);
    expect(wide).toEqual([]);
  });
});

describe('the steps in the README of the messages', () => {
  const [, yaml = ''] =
    /```yaml\n(.*?)```/s.exec(readFileSync(join(FOLDER, 'README.md'), 'utf8')) ?? [];
  const steps: Array<{ uses?: string; run?: string; with?: Record<string, string> }> =
    parse(yaml).steps;

  test('use only inputs of action.yml', () => {
    const ours = steps.find(({ uses }) => uses === PUBLISHED);
    const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(ours?.with ?? {})));
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as the workflow has it
    expect(ours?.with?.message).toBe('${{ steps.message.outputs.text }}');
  });

  test('pass the whole file on, whether or not its last line ends', () => {
    const folder = mkdtempSync(join(tmpdir(), 'messages-'));
    try {
      mkdirSync(join(folder, '.github/messages'), { recursive: true });
      writeFileSync(join(folder, '.github/messages/de.txt'), template('de').trimEnd());
      const output = join(folder, 'output');
      const run = steps.find((step) => step.run)?.run ?? '';
      const env = { ...process.env, GITHUB_OUTPUT: output };
      execFileSync('bash', ['-e', '-c', run], { cwd: folder, env });
      // The form for values of several lines:
      // docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
      const [, value] =
        /^text<<(?:.+)\n([\s\S]*)END_OF_MESSAGE\n$/.exec(readFileSync(output, 'utf8')) ?? [];
      expect(value?.trim()).toBe(template('de').trim());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

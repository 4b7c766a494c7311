import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { canBeService, shapeOf } from '../../src/fivetran/services.ts';
import { readForm } from '../../src/issue-form/form.ts';
import { HEADINGS } from '../../src/issue-form/headings.ts';
import { ROOT } from '../act/act.ts';

interface Field {
  type: string;
  attributes: { label: string; options?: string[] };
}

const form = parse(readFileSync(join(ROOT, 'examples/issue-form.yml'), 'utf8'));
const fields: Field[] = form.body.filter(({ type }: Field) => type !== 'markdown');

/** The body that GitHub makes of answers: the label, the answer, or that there is none. */
const filledIn = (answers: Record<string, string>) =>
  fields
    .map(({ attributes: { label } }) => `### ${label}\r\n\r\n${answers[label] || '_No response_'}`)
    .join('\r\n\r\n');

test('what the form asks for is what the action reads', () => {
  const labels = fields.map(({ attributes }) => attributes.label);
  expect(labels).toEqual(['Customer', 'Service', 'Schema', 'Table']);
  const answers = { Customer: 'Acme', Service: 'google_ads', Schema: 'acme', Table: '' };
  expect(readForm(filledIn(answers))).toEqual({
    services: ['google_ads'],
    values: { schema: 'acme' },
    customer: 'Acme',
    problems: [],
  });
  expect(HEADINGS).toEqual(expect.arrayContaining(['service', 'schema', 'table']));
});

test('every service to choose from is one', () => {
  const options = fields.find(({ attributes }) => attributes.label === 'Service')?.attributes
    .options;
  expect(options?.filter((name) => !canBeService(name) || !shapeOf(name))).toEqual([]);
});

test('the form puts no label on', () => {
  expect(form.labels).toBeUndefined();
});

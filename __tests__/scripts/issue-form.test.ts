import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { connectorTypes } from '../../sandbox/fivetran/metadata.ts';
import { ConnectorTypes } from '../../src/fivetran/connector-types.ts';
import { shapeOf } from '../../src/fivetran/services.ts';
import { readForm } from '../../src/issue-form/form.ts';
import { HEADINGS } from '../../src/issue-form/headings.ts';
import { ROOT } from '../act/act.ts';

interface Field {
  type: string;
  attributes: { label: string; multiple?: boolean; options?: string[] };
}

const form = parse(readFileSync(join(ROOT, 'examples/issue-form.yml'), 'utf8'));
const fields: Field[] = form.body.filter(({ type }: Field) => type !== 'markdown');

/** The body that GitHub creates from answers: the label, and the answer or `_No response_`. */
const filledIn = (answers: Record<string, string>) =>
  fields
    .map(({ attributes: { label } }) => `### ${label}\r\n\r\n${answers[label] || '_No response_'}`)
    .join('\r\n\r\n');

const service = fields.find(({ attributes }) => attributes.label === 'Service')?.attributes;

test('the form has the fields that the action reads', () => {
  const labels = fields.map(({ attributes }) => attributes.label);
  expect(labels).toEqual(['Customer', 'Service', 'Schema', 'Table']);
  const [first = '', , third = ''] = service?.options ?? [];
  const answers = { Customer: 'Acme', Service: `${first}, ${third}`, Schema: 'acme', Table: '' };
  expect(readForm(filledIn(answers))).toEqual({
    services: [first, third],
    values: { schema: 'acme' },
    customer: 'Acme',
    problems: [],
  });
  expect(HEADINGS).toEqual(expect.arrayContaining(['service', 'schema', 'table']));
});

test('the form lets people choose several services, by names without a comma', () => {
  expect(service?.multiple).toBe(true);
  // GitHub separates the chosen ones with commas.
  expect(service?.options?.filter((name) => name.includes(','))).toEqual([]);
});

test('every service in the list is the display name of one connector type', async () => {
  const body = { data: { items: connectorTypes() } };
  const send = async () => ({ status: 200, headers: {}, body, date: 0 });
  const types = new ConnectorTypes({ send }, () => 0);
  const names = service?.options ?? [];
  expect(names.length).toBeGreaterThan(2);
  const found = await Promise.all(names.map((name) => types.serviceCalled(name)));
  expect(names.filter((_, index) => !shapeOf(found[index] ?? ''))).toEqual([]);
});

test('the form adds no label', () => {
  expect(form.labels).toBeUndefined();
});

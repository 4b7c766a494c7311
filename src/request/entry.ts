import { nameFieldsOf } from '../fivetran/naming.ts';
import { shapeOf } from '../fivetran/services.ts';
import { isRecord } from '../http/transport.ts';
import type { Fields } from './check.ts';
import { isKey, KEYS } from './keys.ts';
import { readMapping } from './mapping.ts';
import type { Cell, Fault, Place, Row } from './place.ts';

/** One entry of a list with what it takes from the inputs, and where it says what. */
export interface Entry {
  place: Place;
  /** What the list calls it. */
  name: string;
  fields: Fields;
  /** The places of what the entry says itself: `service`, `config`, `config.api_token` and so on. */
  own: Map<string, Place>;
}

/** Completes a row of a list with what it leaves out. */
export async function readEntry(
  { place, cells }: Row,
  inputs: Fields,
  report: (fault: Fault) => void,
): Promise<Entry> {
  const own = new Map<string, Place>();
  const texts: Record<string, string> = {};
  const mappings = { config: inputs.config, settings: inputs.settings };
  for (const [key, cell] of cells) {
    if (!isKey(key) || cell.value === null || cell.value === undefined) continue;
    own.set(key, cell.place);
    if (key === 'config' || key === 'settings') {
      const mapping = await readMappingCell(key, cell, report);
      for (const field of Object.keys(mapping)) own.set(`${key}.${field}`, cell.place);
      // Key by key: what an entry says goes before what the input says.
      mappings[key] = { ...inputs[key], ...mapping };
    } else if (['string', 'number', 'boolean'].includes(typeof cell.value)) {
      texts[KEYS[key]] = String(cell.value).trim();
    } else {
      report({ place: cell.place, key, message: 'is not a text.', fix: 'Write a single value.' });
    }
  }
  const { name = '', ...said } = texts;
  const fields = { ...inherited(inputs, said), ...mappings, ...said };
  return { place, name, fields, own };
}

/** What an entry takes from the inputs, and what doesn't apply to it. */
function inherited(inputs: Fields, said: Partial<Fields>): Fields {
  // A connection that exists has its group and its name.
  if (said.connectionId) return { ...inputs, groupId: '', service: '', schema: '', table: '' };
  const service = said.service ?? inputs.service;
  const hasNoTable = shapeOf(service) && !nameFieldsOf(service)[1];
  return { ...inputs, connectionId: '', ...(hasNoTable && { table: '' }) };
}

/** A mapping as YAML has it, or written as a text: in a cell of CSV. */
async function readMappingCell(
  key: 'config' | 'settings',
  { value, place }: Cell,
  report: (fault: Fault) => void,
): Promise<Record<string, unknown>> {
  if (isRecord(value)) return value;
  const wrong = ({ message, fix }: { message: string; fix: string }) =>
    report({ place, key, message, fix });
  if (typeof value === 'string') return (await readMapping(key, value, wrong)) ?? {};
  wrong({ message: 'is not a mapping.', fix: `Write ${key} as a mapping.` });
  return {};
}

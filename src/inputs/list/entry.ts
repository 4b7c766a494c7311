import { nameFieldsOf } from '../../fivetran/naming.ts';
import { shapeOf } from '../../fivetran/services.ts';
import { isRecord } from '../../model/json.ts';
import type { Position } from '../../model/position.ts';
import type { Fields } from '../fields.ts';
import { readMapping } from '../mapping.ts';
import { KEYS } from './keys.ts';
import type { Cell, Fault, Row } from './position.ts';

/** One entry of a list, completed from the inputs. */
export interface Entry {
  position: Position;
  /** What the list calls it. */
  name: string;
  fields: Fields;
  /** What is passed on to the result as it is; undefined for nothing. */
  extra: Record<string, unknown> | undefined;
  /** The positions of what the entry says itself: `service`, `config`, `config.api_token` and so on. */
  own: Map<string, Position>;
}

/** Completes a row of a list with what it leaves out. */
export async function readEntry(
  { position, cells, extra }: Row,
  inputs: Fields,
  report: (fault: Fault) => void,
): Promise<Entry> {
  const own = new Map<string, Position>();
  const texts: Record<string, string> = {};
  const mappings = { config: inputs.config, settings: inputs.settings };
  for (const [key, cell] of cells) {
    if (cell.value === null || cell.value === undefined) continue;
    own.set(key, cell.position);
    if (key === 'config' || key === 'settings') {
      const mapping = await readMappingCell(key, cell, report);
      for (const field of Object.keys(mapping)) own.set(`${key}.${field}`, cell.position);
      // Key by key: what an entry says goes before what the input says.
      mappings[key] = { ...inputs[key], ...mapping };
    } else if (['string', 'number', 'boolean'].includes(typeof cell.value)) {
      texts[KEYS[key]] = String(cell.value).trim();
    } else {
      report({
        position: cell.position,
        key,
        message: 'is not a text.',
        fix: 'Write a single value.',
      });
    }
  }
  const { name = '', ...said } = texts;
  const fields = { ...inherited(inputs, said), ...mappings, ...said };
  return {
    position,
    name,
    fields,
    extra: extra.size > 0 ? Object.fromEntries(extra) : undefined,
    own,
  };
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
  { value, position }: Cell,
  report: (fault: Fault) => void,
): Promise<Record<string, unknown>> {
  if (isRecord(value)) return value;
  const wrong = ({ message, fix }: { message: string; fix: string }) =>
    report({ position, key, message, fix });
  if (typeof value === 'string') return (await readMapping(key, value, wrong)) ?? {};
  wrong({ message: 'is not a mapping.', fix: `Write ${key} as a mapping.` });
  return {};
}

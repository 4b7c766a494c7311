import type { Problem } from '../model/errors.ts';
import { isRecord } from '../model/json.ts';
import { positionOf } from './list/position.ts';

/**
 * Reads a YAML or JSON mapping, as `config` and `settings` take it. JSON is YAML, so there is one
 * parser; it is loaded only where there is something to parse.
 * @returns an empty mapping for an empty text, or undefined with a problem reported
 */
export async function readMapping(
  input: string,
  text: string,
  report: (problem: Problem) => void,
): Promise<Record<string, unknown> | undefined> {
  if (!text) return {};
  const fix = `Write ${input} as a YAML mapping (key: value, one per line) or a JSON object.`;
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, column } = positionOf(text, error.pos[0]);
    report({
      code: 'invalid-input',
      input,
      // The parser's own words may quote the text, which can hold a secret.
      message: `can't be read as YAML or JSON: line ${line}, column ${column} (${error.code.toLowerCase().replaceAll('_', ' ')}).`,
      fix,
    });
    return undefined;
  }
  const value: unknown = toValue(document);
  if (value === null) return {};
  if (isRecord(value)) return value;
  report({ code: 'invalid-input', input, message: 'is not a mapping.', fix });
  return undefined;
}

/** The document's value; undefined where it can't be had, as with aliases that multiply without end. */
function toValue(document: { toJS(): unknown }): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

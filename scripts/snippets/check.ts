import { parse } from 'yaml';
import { isRecord } from '../../src/model/json.ts';
import { type Kind, PUBLISHED } from './complete.ts';

/** What of action.yml snippets are compared with. */
export interface ActionFile {
  inputs: Record<string, { required?: boolean }>;
  outputs: Record<string, unknown>;
}

interface Step {
  id?: string;
  uses?: string;
  run?: string;
  with?: unknown;
}

/** An expression whose value somebody else may have chosen. */
const OTHERS_WORDS = /\$\{\{[^}]*\b(steps|needs|inputs|matrix|secrets|github\.(event|head_ref))\b/;

/** Fragments read the outputs of these steps without showing them. */
const USUAL_IDS = ['card', 'cards'];

/**
 * What is wrong with a snippet as far as this action is concerned; actionlint knows the rest.
 * @param text as it is in the document
 * @param workflow it as a whole workflow, where it is a part of one
 */
export function problemsIn(
  { kind, text, workflow }: { kind: Kind | undefined; text: string; workflow: string | undefined },
  { inputs, outputs }: ActionFile,
): string[] {
  if (!kind) {
    return [
      'This is neither a part of a workflow nor a list. If it is meant to be, say ```yaml other.',
    ];
  }
  const steps = stepsIn(kind === 'action' ? text : (workflow ?? ''));
  const ours = steps.filter(({ uses }) => uses?.split('@')[0]?.endsWith('/connect-card-link'));
  const required = Object.keys(inputs).filter((input) => inputs[input]?.required);
  // One that leaves something out says so.
  const isWhole = !/^\s*#.*(\.\.\.|…)|^\s*(\.\.\.|…)/m.test(text);
  const problems = ours.flatMap(({ uses, with: given }) => {
    const names = isRecord(given) ? Object.keys(given) : [];
    const isShown = text.includes('uses:');
    return [
      ...(isOurName(uses) ? [] : [`It should use ${PUBLISHED}, not ${uses}.`]),
      ...names.filter((name) => !(name in inputs)).map((name) => `There is no input ${name}.`),
      ...required
        .filter((name) => isShown && isWhole && !names.includes(name))
        .map((name) => `The step needs ${name}.`),
    ];
  });
  const shown = new Set([...text.matchAll(/\bid: ['"]?([\w-]+)/g)].map(([, id]) => id));
  const ids = [...USUAL_IDS.filter((id) => !shown.has(id)), ...ours.map(({ id }) => id ?? '')];
  const read = [...text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)];
  for (const [, id = '', output = ''] of read) {
    if (ids.includes(id) && !(output in outputs)) problems.push(`There is no output ${output}.`);
  }
  for (const { run } of steps) {
    if (OTHERS_WORDS.test(run ?? ''))
      problems.push('An expression in a script becomes part of it.');
  }
  return problems;
}

/** The published name, or that of a copy, which begins with a placeholder; with a tag or a commit. */
function isOurName(uses = ''): boolean {
  const [owner = '', version = ''] = uses.split('/connect-card-link@');
  const isOwner =
    owner === PUBLISHED.split('/')[0] || /^(<.*>|[A-Z][A-Z_-]+|(your|my)-.*)$/.test(owner);
  return isOwner && /^(v1(\.\d+){0,2}|[0-9a-f]{40}|<.*>|[A-Z][A-Z_-]+)$/.test(version);
}

/** All steps of a workflow, or of a composite action. */
function stepsIn(text: string): Step[] {
  const file: unknown = parse(text);
  if (!isRecord(file)) return [];
  const parts = [file.runs, ...Object.values(isRecord(file.jobs) ? file.jobs : {})];
  return parts.flatMap((part) => (isRecord(part) && Array.isArray(part.steps) ? part.steps : []));
}

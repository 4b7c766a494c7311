import type { StepResult } from '../../sandbox/runner/run.ts';

const LINK = /https?:[^\s"'<>\\)`]+[?&]auth=[^\s"'<>\\)`]+/g;
const TOKEN = /\bauth=[\w-]+\.[\w-]+/;

/**
 * Throws if a step of any test shows a link or a credential where it doesn't belong: in what it prints or in
 * its summary, or unmasked although its outputs or comments have it.
 * @param written texts that the step sent elsewhere, such as comments
 */
export function assertNothingLeaks(
  step: StepResult,
  inputs: Readonly<Record<string, string>>,
  written: readonly string[] = [],
): void {
  const printed = step.raw.split(/\r?\n/).filter((line) => !line.startsWith('::add-mask::'));
  const { 'fivetran-api-key': key = '', 'fivetran-api-secret': secret = '' } = inputs;
  const basic = Buffer.from(`${key}:${secret}`).toString('base64');
  const places = { printed: printed.join('\n'), stderr: step.stderr, summary: step.summary };
  for (const [place, text] of Object.entries(places)) {
    if (TOKEN.test(text)) throw new Error(`A link is in ${place}: ${text}`);
    if (secret.length >= 4 && text.includes(secret)) throw new Error(`The secret is in ${place}.`);
    if (text.includes(basic)) throw new Error(`The credential is in ${place}.`);
  }
  if (inputs['mask-link'] === 'false') return;
  const masks = new Set(step.masks);
  const sent = [...Object.values(step.outputs), step.resultsFile, ...written].join('\n');
  for (const [link] of sent.matchAll(LINK)) {
    if (!masks.has(link)) throw new Error(`A link left this step without being masked: ${link}`);
  }
}

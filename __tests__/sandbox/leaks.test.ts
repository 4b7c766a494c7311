import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/fivetran/server.ts';
import { type GitHubSandbox, startGitHub } from '../../sandbox/github/server.ts';
import { runStep } from '../../sandbox/runner/run.ts';

// The runner finds whatever leaks out of a step, wherever that is: here is an action that leaks.

const SECRET = 'marked/secret?>';
const PREVIOUS = 'previous-marked-secret';
const TOKEN = 'ghs_marked_token';
const VALUE = 'marked "value"';

let fivetran: Sandbox;
let github: GitHubSandbox;
let action: string;
beforeAll(async () => {
  fivetran = await startSandbox({ apiSecret: SECRET });
  github = await startGitHub();
  action = await mkdtemp(join(tmpdir(), 'connect-card-leaks-'));
  await mkdir(join(action, 'dist'));
  const inputs = [
    ...['fivetran-api-key', 'fivetran-api-secret', 'previous-fivetran-api-secret'],
    ...['github-token', 'config', 'settings', 'schema', 'mask-link', 'allow-public-comment'],
  ];
  const contract = inputs.map((name) => `  ${name}:\n    description: x\n`).join('');
  await writeFile(join(action, 'action.yml'), `inputs:\n${contract}`);
  await writeFile(
    join(action, 'dist/index.js'),
    `const fs = require('node:fs');
const { env } = process;
const input = (name) => env['INPUT_' + name.toUpperCase()];
const basic = (secret) => 'Basic ' + Buffer.from(input('fivetran-api-key') + ':' + secret).toString('base64');
const auth = basic(input('fivetran-api-secret'));
const json = 'application/json';
const send = (url, { method = 'GET', body, authorization } = {}) =>
  fetch(url, { method, body, headers: { authorization, accept: json, 'content-type': json } });
const card = async () => {
  const body = JSON.stringify({
    group_id: 'acme_group', service: 'google_ads', run_setup_tests: false,
    config: { schema: 'acme_' + process.pid }, connect_card_config: { redirect_uri: 'https://example.com' },
  });
  const answer = await send(env.FIVETRAN + '/v1/connections', { method: 'POST', body, authorization: auth });
  return (await answer.json()).data.connect_card;
};
const output = (text) => fs.appendFileSync(env.GITHUB_OUTPUT, 'link<<EOF\\n' + text + '\\nEOF\\n');
const comment = (body) => send(env.GITHUB + '/repos/acme/onboarding/issues/1/comments', {
  method: 'POST', body: JSON.stringify({ body }), authorization: 'Bearer ' + input('github-token'),
});
eval('(async () => {' + env.CODE + '})()');
`,
  );
});
afterAll(async () => {
  await Promise.all([fivetran.close(), github.close(), rm(action, { recursive: true })]);
});

/** Runs an action that does this. */
function run(code: string, given: Record<string, string> = {}) {
  return runStep({
    action,
    with: {
      'fivetran-api-key': fivetran.apiKey,
      'fivetran-api-secret': SECRET,
      'previous-fivetran-api-secret': PREVIOUS,
      'github-token': TOKEN,
      config: JSON.stringify({ deep: [{ password: VALUE }] }),
      settings: JSON.stringify({ auth: { key: 'marked-key-of-auth' } }),
      ...given,
    },
    env: { CODE: code, FIVETRAN: fivetran.url, GITHUB: github.url },
  });
}

const MASKED =
  'for (const text of [uri, token]) console.log("::add-mask::" + text.replaceAll("%", "%25"));';
const FINE: Record<string, string> = {
  nothing: '',
  'words, outputs and a file without secrets': `
    console.log('Hello'); console.error('x'); output('acme');
    fs.writeFileSync(env.TMPDIR + '/left', 'nothing');`,
  'credentials where they belong': `
    await send(env.FIVETRAN + '/v1/connections/x', { authorization: auth });
    await comment('Hello');`,
  'a value of config in a create request': `
    await send(env.FIVETRAN + '/v1/connections', { method: 'POST', body: input('config'), authorization: auth });`,
  'a link in an output and in a comment, masked': `
    const { uri, token } = await card(); ${MASKED} output(uri); await comment(uri);`,
};

test.each(Object.entries(FINE))('fine: %s', async (_, code) => {
  expect((await run(code)).stderr.replace(/^x\n/, '')).toBe('');
});

const SECRETS: Record<string, string> = {
  'the API secret': "input('fivetran-api-secret')",
  'the Basic credential': 'auth',
  'the previous API secret': "input('previous-fivetran-api-secret')",
  'the GitHub token': "input('github-token')",
  'a value of config': JSON.stringify(VALUE),
  'a value of auth': '"marked-key-of-auth"',
};
const PLACES: Record<string, (text: string) => string> = {
  'the log': (text) => `console.log('x ' + ${text});`,
  'the log, as a command': (text) => `console.log('::error::' + ${text});`,
  'standard error': (text) => `console.error(${text});`,
  'the summary': (text) => `fs.writeFileSync(env.GITHUB_STEP_SUMMARY, ${text});`,
  'a file': (text) =>
    `fs.mkdirSync(env.RUNNER_TEMP + '/a'); fs.writeFileSync(env.RUNNER_TEMP + '/a/b', ${text});`,
  'the temporary folder': (text) =>
    `fs.writeFileSync(require('node:os').tmpdir() + '/c', ${text});`,
  'a comment': (text) => `await comment('x' + ${text});`,
  'a label': (text) =>
    `await send(env.GITHUB + '/repos/acme/onboarding/issues/1/labels', { method: 'POST', body: JSON.stringify({ labels: [${text}] }) });`,
  'a query to GitHub': (text) => `await send(env.GITHUB + '/x?y=' + encodeURIComponent(${text}));`,
  'a query to Fivetran': (text) =>
    `await send(env.FIVETRAN + '/v1/x?y=' + encodeURIComponent(${text}), { authorization: auth });`,
  'a body to Fivetran': (text) =>
    `await send(env.FIVETRAN + '/v1/connections/x', { method: 'PATCH', body: JSON.stringify({ x: ${text} }) });`,
};
/** Each secret in the log, and these two in every place. */
const EVERYWHERE = ['the API secret', 'a value of config'];
const ALL = Object.entries(SECRETS).flatMap(([what, text]) =>
  Object.entries(PLACES)
    .filter(([where]) => where === 'the log' || EVERYWHERE.includes(what))
    .map(([where, put]) => [what, where, put(text)] as const),
);

test.each(ALL)('%s in %s is found', async (_, __, code) => {
  await expect(run(code)).rejects.toThrow('Something left a step');
});

const WAYS: Record<string, (text: string) => string> = {
  'as JSON': (text) => `JSON.stringify(${text})`,
  'in a URL': (text) => `encodeURIComponent(${text})`,
  'in Base64': (text) => `Buffer.from(${text}).toString('base64')`,
  'in Base64, within more': (text) => `Buffer.from('xy' + ${text} + 'z').toString('base64')`,
  'in base64url': (text) => `Buffer.from('x' + ${text}).toString('base64url')`,
  'in hexadecimal': (text) => `Buffer.from(${text}).toString('hex')`,
};

test.each(
  Object.entries(WAYS).flatMap(([way, write]) =>
    ["input('fivetran-api-secret')", JSON.stringify(VALUE)].map(
      (text) => [way, text, write] as const,
    ),
  ),
)('%s, %s is found', async (_, text, write) => {
  await expect(run(`console.log(${write(text)});`)).rejects.toThrow('is in the log');
});

test.each([
  ['the log', 'console.log(uri);', /a link is in the log/],
  ['the summary', 'fs.writeFileSync(env.GITHUB_STEP_SUMMARY, uri);', /a link is in the summary/],
  ['the log, its token alone', 'console.log(token);', /token is in the log/],
  ['a file', "fs.writeFileSync(env.RUNNER_TEMP + '/a', uri);", /a link is in the file/],
  ['a request', "await send(env.FIVETRAN + '/v1/x', { method: 'POST', body: uri });", /Fivetran/],
  [
    'a label',
    "await send(env.GITHUB + '/repos/acme/onboarding/issues/1/labels', { method: 'POST', body: uri });",
    /no comment/,
  ],
])('a link in %s is found', async (_, code, found) => {
  await expect(run(`const { uri, token } = await card(); ${MASKED} ${code}`)).rejects.toThrow(
    found,
  );
});

test('a link that is handed on without being masked is found, and a comment that everybody reads', async () => {
  const put = 'const { uri, token } = await card();';
  await expect(run(`${put} output(uri);`)).rejects.toThrow('without being masked');
  await expect(run(`${put} await comment(uri);`)).rejects.toThrow('without being masked');
  await expect(run(`${put} output(uri);`, { 'mask-link': 'false' })).resolves.toBeDefined();
  github.visibility = 'public';
  await expect(run(`${put} ${MASKED} await comment(uri);`)).rejects.toThrow('everybody can read');
  const allowed = run(`${put} ${MASKED} await comment(uri);`, { 'allow-public-comment': 'true' });
  await expect(allowed).resolves.toBeDefined();
  github.visibility = 'private';
});

test.each([
  ['the previous secret', "basic(input('previous-fivetran-api-secret'))"],
  ['the GitHub token', "'Bearer ' + input('github-token')"],
])('%s as Fivetran’s credential is found', async (_, authorization) => {
  const code = `await send(env.FIVETRAN + '/v1/x', { authorization: ${authorization} });`;
  await expect(run(code)).rejects.toThrow('in its credential');
});

test('the API secret as GitHub’s credential is found, and one in a result', async () => {
  const toGitHub = "await send(env.GITHUB + '/x', { authorization: auth });";
  await expect(run(toGitHub)).rejects.toThrow('in its credential');
  await expect(run("output(input('fivetran-api-secret'));")).rejects.toThrow('in output link');
  const results = `fs.writeFileSync(env.RUNNER_TEMP + '/r', JSON.stringify([{ error: { message: ${JSON.stringify(VALUE)} } }]));
    fs.appendFileSync(env.GITHUB_OUTPUT, 'results-file<<E\\n' + env.RUNNER_TEMP + '/r\\nE\\n');`;
  await expect(run(results)).rejects.toThrow('in an error');
});

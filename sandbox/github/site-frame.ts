import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { html, raw } from 'hono/html';

export type Html = ReturnType<typeof html>;

/** GitHub's own stylesheet for Markdown, in its light colours. */
export function githubStyle(): string {
  const require = createRequire(import.meta.url);
  return readFileSync(require.resolve('github-markdown-css/github-markdown-light.css'), 'utf8');
}

/** How the pages around the Markdown look. */
const FRAME = `
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1f2328;
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: #0969da; text-decoration: none; } a:hover { text-decoration: underline; }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.note { margin: 0; padding: 8px 24px; color: #59636e; background: #f6f8fa;
  border-bottom: 1px solid #d1d9e0; }
main { width: min(1080px, 100% - 32px); margin: 24px auto 64px; }
h1 { margin: 0 0 8px; font-size: 26px; font-weight: 400; line-height: 1.25;
  overflow-wrap: anywhere; } h1 .number { color: #59636e; }
h2 { margin: 0 0 8px; font-size: 14px; }
.meta { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding-bottom: 16px;
  margin-bottom: 24px; color: #59636e; border-bottom: 1px solid #d1d9e0; }
.state { padding: 4px 12px; border-radius: 2em; color: #fff; background: #1a7f37; font-weight: 500; }
.state.closed { background: #8250df; }
.columns { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 768px) { .columns { grid-template-columns: minmax(0, 1fr) 260px; } }
.box { margin-bottom: 16px; border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
.head { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; padding: 8px 16px;
  color: #59636e; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; }
.head b { color: #1f2328; }
.bot, .label { padding: 0 8px; font-size: 12px; line-height: 20px; border: 1px solid #d1d9e0;
  border-radius: 2em; }
.label { display: inline-block; margin: 0 4px 4px 0; background: #ddf4ff; border-color: #b6e3ff;
  color: #0550ae; font-weight: 500; }
.avatar { flex: none; width: 24px; height: 24px; border-radius: 50%; color: #fff; background: #818b98;
  font-weight: 600; line-height: 24px; text-align: center; }
.markdown-body { padding: 16px; font-size: 14px; }
.markdown-body > :last-child { margin-bottom: 0; }
/* In comments GitHub keeps line breaks. */
.markdown-body p { white-space: pre-line; }
.snippet { position: relative; margin-bottom: 16px; }
.snippet pre { margin: 0 !important; padding-right: 72px !important; white-space: pre; }
.snippet button { position: absolute; top: 8px; right: 8px; margin: 0; padding: 2px 10px; font-size: 12px; }
.reactions { padding: 0 16px 12px; }
.reactions span { padding: 2px 8px; border: 1px solid #d1d9e0; border-radius: 2em; }
section { padding-bottom: 16px; margin-bottom: 16px; border-bottom: 1px solid #d1d9e0; }
section:last-child { border: 0; }
section p { margin: 0 0 8px; color: #59636e; }
label { display: block; margin: 8px 0 4px; }
input, select, textarea { width: 100%; padding: 5px 10px; font: inherit; color: inherit;
  background: #fff; border: 1px solid #818b98; border-radius: 6px; }
textarea { min-height: 84px; font-family: ui-monospace, SFMono-Regular, Menlo, monospace; }
button { margin-top: 8px; padding: 5px 16px; font: inherit; font-weight: 500; color: #25292e;
  background: #f6f8fa; border: 1px solid #d1d9e0; border-radius: 6px; cursor: pointer; }
button:hover { background: #eff2f5; }
button.main { color: #fff; background: #1f883d; border-color: #1f883d; }
button.main:hover { background: #1c8139; }
:focus-visible { outline: 2px solid #0969da; outline-offset: 1px; }
.run { padding: 12px 16px; margin-bottom: 24px; background: #ddf4ff; border: 1px solid #b6e3ff;
  border-radius: 6px; }
.run p { margin: 0 0 8px; } .run .snippet { margin: 0; }
.run pre { padding: 10px; overflow-x: auto; background: #fff; border-radius: 6px; }
.list { padding: 0; margin: 0; list-style: none; }
.list li { padding: 8px 16px; border-top: 1px solid #d1d9e0; } .list li:first-child { border: 0; }
.list a { color: #1f2328; font-weight: 600; font-size: 16px; }
.list .state { padding: 1px 8px; margin-right: 4px; font-size: 12px; }
.list small { display: block; color: #59636e; }
`;

const STYLE = githubStyle() + FRAME;

/** The buttons beside blocks of code. */
const SCRIPT = `
for (const button of document.querySelectorAll('.snippet button')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector('pre').textContent.trimEnd());
    button.textContent = 'Copied';
  });
}
`;

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const POLICY = [
  "default-src 'none'",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SCRIPT)}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sends a page. Text from issues is in it, so nothing may run but the script above. */
export async function show(status: number, title: string, content: Html): Promise<Response> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<p class="note">This is the sandbox’s stand-in for GitHub. Reload the page after a run to see what has
changed.</p>
<main>${content}</main>
<script>${raw(SCRIPT)}</script>
</body>
</html>`;
  return new Response(String(page), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      // A form says by its Origin header that it was sent from here.
      'Referrer-Policy': 'same-origin',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** A block of code with a button that copies it. */
export function snippet(block: Html | string): Html {
  return html`<div class="snippet">${block}<button type="button">Copy</button></div>`;
}

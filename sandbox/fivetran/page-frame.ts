import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { STYLE } from './page-style.ts';

export type Html = ReturnType<typeof html>;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Sends a page. The form may lead to the sandbox and, through it, to the redirect; nowhere else. */
export async function show(status: number, content: Html, redirectUri?: string): Promise<Response> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connect Card (sandbox)</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<p class="note">This is the sandbox’s stand-in for Fivetran’s Connect Card. Nothing you enter is
kept or sent anywhere.</p>
${content}
</body>
</html>`;
  return new Response(String(page), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [
        "default-src 'none'",
        `style-src 'sha256-${STYLE_HASH}'`,
        `form-action 'self' ${redirectUri ? sourceOf(redirectUri) : ''}`.trim(),
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      // The address holds the token.
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/**
 * An address as a source for the policy. A host may hold characters that would end a directive
 * (`;` and `,` are legal), and IPv6 hosts can't be written at all: those fall back to the scheme.
 */
function sourceOf(address: string): string {
  const { origin, protocol } = new URL(address);
  return /^https?:\/\/[\w.-]+(:\d+)?$/.test(origin) ? origin : protocol;
}

import { toHtml } from '../../sandbox/github/markdown.ts';
import { githubStyle } from '../../sandbox/github/site-frame.ts';

/** Where GitHub shows a text: as a comment on an issue, or as the summary of a job. */
export type Place = 'comment' | 'summary';

/** A picture shows this much of a page, in CSS pixels: of a long table the rest is alike. */
const MOST_HEIGHT = 960;

/** To be evaluated in the page, where its height is known. */
export const SHORTEN = `for (const box of document.querySelectorAll('.box'))
  box.classList.toggle('long', box.scrollHeight > ${MOST_HEIGHT})`;

/** A page with one text in the frame that GitHub puts around it. */
export function pageOf(place: Place, markdown: string): string {
  const head = place === 'comment' ? COMMENT_HEAD : SUMMARY_HEAD;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${githubStyle()}${FRAME}</style>
</head>
<body>
<div class="box ${place}">
<div class="head">${head}</div>
<div class="markdown-body">${withCopyButtons(toHtml(markdown))}</div>
</div>
</body>
</html>`;
}

/** GitHub adds a button that copies to every block of code. */
function withCopyButtons(html: string): string {
  return html.replace(/<pre>.*?<\/pre>/gs, (block) => `<div class="snippet">${block}${COPY}</div>`);
}

/** Two sheets of paper, one over the other. */
const COPY = `<span class="copy"><svg width="16" height="16" viewBox="0 0 16 16" fill="none"
stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" aria-hidden="true">
<rect x="5.75" y=".75" width="9.5" height="9.5" rx="1"/>
<path d="M3.75 5.75h-2a1 1 0 0 0-1 1v7.5a1 1 0 0 0 1 1h7.5a1 1 0 0 0 1-1v-2"/></svg></span>`;

/** A neutral face: these are nobody's. */
const AVATAR = `<svg class="avatar" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
<circle cx="12" cy="12" r="12" fill="#d1d9e0"/><circle cx="12" cy="9.5" r="4" fill="#818b98"/>
<path d="M4.5 21a7.5 7 0 0 1 15 0A12 12 0 0 1 4.5 21z" fill="#818b98"/></svg>`;

const COMMENT_HEAD = `${AVATAR}<b>github-actions</b><span class="bot">bot</span><span>commented 2 minutes ago</span>`;
const SUMMARY_HEAD = '<b>link summary</b>';

/** The frames, and fonts that are the same on every machine that has them. */
const FRAME = `
body { margin: 0; padding: 16px; background: #fff; color: #1f2328;
  font: 14px/1.5 "Liberation Sans", Arial, sans-serif; }
.box { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
.head { display: flex; align-items: center; gap: 6px; padding: 8px 16px; color: #59636e;
  background: #f6f8fa; border-bottom: 1px solid #d1d9e0; white-space: nowrap; overflow: hidden; }
.head b { color: #1f2328; }
.summary .head { background: #fff; }
.bot { padding: 0 6px; font-size: 12px; border: 1px solid #d1d9e0; border-radius: 2em; }
.avatar { flex: none; }
.markdown-body { padding: 16px; font-size: 14px;
  font-family: "Liberation Sans", Arial, "Noto Color Emoji", sans-serif; }
.markdown-body code, .markdown-body pre {
  font-family: "Liberation Mono", "Noto Color Emoji", monospace; }
.markdown-body > :last-child { margin-bottom: 0; }
/* A long page ends here, visibly unfinished. */
.box.long { max-height: ${MOST_HEIGHT}px; border-bottom: 0; border-radius: 6px 6px 0 0;
  mask-image: linear-gradient(#000 85%, transparent); }
/* In comments GitHub keeps line breaks. */
.comment .markdown-body p { white-space: pre-line; }
.snippet { position: relative; margin-bottom: 16px; }
.snippet pre { margin: 0 !important; padding-right: 48px !important; }
.copy { position: absolute; top: 8px; right: 8px; padding: 6px 8px; color: #59636e; line-height: 0;
  background: #f6f8fa; border: 1px solid #d1d9e0; border-radius: 6px; }
`;

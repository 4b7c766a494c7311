import { micromark, type Options } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

type HtmlExtension = NonNullable<Options['htmlExtensions']>[number];

/** Tags that a text may contain, without attributes. GitHub allows more; the action uses `<code>`. */
const TAGS = 'b|br|code|details|em|i|kbd|strong|sub|summary|sup';
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input']);

/**
 * Markdown as GitHub shows it in an issue: comments in HTML are left out, and tags that aren't in
 * the list are shown as text. Whoever wrote it, nothing in it is a script, a style or a form, and
 * nothing reaches beyond its end.
 */
export function toHtml(markdown: string): string {
  const text = markdown.replaceAll('\r\n', '\n');
  const html = render(text, withTags);
  return isBalanced(html) ? html : render(text, withoutTags);
}

function render(markdown: string, tags: (html: string) => string): string {
  return micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml(), rawHtml(tags)],
  });
}

/** What becomes of the parts of a text that are HTML. */
function rawHtml(tags: (html: string) => string): HtmlExtension {
  const skip = () => undefined;
  return {
    enter: {
      htmlFlow() {
        this.lineEndingIfNeeded();
        this.buffer();
      },
      htmlText() {
        this.buffer();
      },
    },
    exit: {
      htmlFlow(token) {
        this.resume();
        this.raw(tags(this.sliceSerialize(token)));
      },
      htmlFlowData: skip,
      htmlText(token) {
        this.resume();
        this.raw(tags(this.sliceSerialize(token)));
      },
      htmlTextData: skip,
    },
  };
}

function withTags(html: string): string {
  return withoutTags(html).replace(new RegExp(`&lt;(/?(?:${TAGS}))&gt;`, 'g'), '<$1>');
}

function withoutTags(html: string): string {
  return escapeHtml(html.replace(/<!--.*?-->/gs, ''));
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Whether every tag is closed where it should be, so that what follows the text isn't affected. */
function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (VOID.has(name)) continue;
    if (!slash) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

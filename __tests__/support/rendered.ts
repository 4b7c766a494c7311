import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** What GitHub's page has of a text in Markdown, beside its words. */
export interface Rendered {
  /** The kinds of its blocks, in order, with how deep each is nested. */
  blocks: string[];
  /** Where its links and images lead to. */
  links: string[];
  /** Its raw HTML. */
  html: string[];
  /** Its stretches of text, in which GitHub looks for mentions and references; code isn't among them. */
  texts: string[];
}

// Addresses are links only where they stand in the text itself. Without this, the library makes links of
// those that appear when character references are decoded as well, which GitHub doesn't:
// github.com/github/cmark-gfm/blob/master/extensions/autolink.c
const decoding = gfmFromMarkdown().map(({ transforms, ...rest }) => rest);

const BLOCKS: ReadonlySet<string> = new Set([
  'heading',
  'paragraph',
  'blockquote',
  'list',
  'listItem',
  'code',
  'table',
  'tableRow',
  'tableCell',
  'thematicBreak',
  'definition',
  'footnoteDefinition',
]);

/** Reads Markdown as GitHub does: CommonMark with GitHub's extensions. */
export function rendered(markdown: string): Rendered {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: decoding });
  const page: Rendered = { blocks: [], links: [], html: [], texts: [] };
  visit(root, 0, page);
  return page;
}

function visit(node: Root | Nodes, depth: number, page: Rendered): void {
  if (BLOCKS.has(node.type)) page.blocks.push(`${depth} ${node.type}`);
  if ('url' in node) page.links.push(node.url);
  if (/Reference$/.test(node.type)) page.links.push(node.type);
  if (node.type === 'html') page.html.push(node.value);
  if (node.type === 'text') page.texts.push(node.value);
  if ('children' in node) for (const child of node.children) visit(child, depth + 1, page);
}

/** Raw HTML of the action's own: code, and what cuts a text in two. */
const OWN_HTML = ['<code>', '</code>', '<!-- -->'];

/**
 * What in a page is more than text:
 * docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 * @param own the addresses that it may lead to
 */
export function moreThanText({ links, html, texts }: Rendered, own: readonly string[]): string[] {
  return [
    ...links.filter((link) => !own.includes(link)).map((link) => `a link to ${link}`),
    ...html.filter((one) => !OWN_HTML.includes(one)).map((one) => `HTML: ${one}`),
    ...texts.flatMap((text) => [
      ...found('a mention', text, /@[a-z\d]/i),
      ...found('an issue', text, /#\d|\bGH-\d/i),
      ...found('a formula', text, /\$[^$]+\$|\$\$/),
      ...found('a commit', text, /\b(?:[\da-f]{7,40}|[\da-f]{64})\b/i),
    ]),
  ];
}

function found(what: string, text: string, pattern: RegExp): string[] {
  return pattern.test(text) ? [`${what} in ${JSON.stringify(text)}`] : [];
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import type { Nodes } from 'mdast';
import { nodesIn, parseMarkdown } from '../../scripts/snippets/markdown.ts';

/** Pages of GitHub's that documents link to from the repository's root: `../../issues`. */
const GITHUB_PAGES = /^\.\.\/\.\.\/(actions|discussions|issues|labels|pulls?|releases|security)\b/;

/**
 * The links of a document that lead nowhere, with why. Addresses of other sites are only checked for
 * their form; nothing is sent.
 * @param path the document's path from the root
 */
export function deadLinks(root: string, path: string, markdown: string): string[] {
  const found = [...nodesIn(parseMarkdown(markdown))].flatMap(targetsOf);
  return found.flatMap((target) => {
    const why = whyDead(root, path, markdown, target);
    return why ? [`${target}: ${why}`] : [];
  });
}

/** Documents have many links to each other, and reading one takes a while. */
const read = new Map<string, Set<string>>();

/** The anchors of a document: those that GitHub creates of its headings, and its own. */
export function anchorsIn(markdown: string): Set<string> {
  const known = read.get(markdown);
  if (known) return known;
  const anchors = new Set<string>();
  read.set(markdown, anchors);
  for (const node of nodesIn(parseMarkdown(markdown))) {
    if (node.type === 'heading') {
      const slug = slugOf(textOf(node));
      let anchor = slug;
      for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
      anchors.add(anchor);
    }
    if (node.type === 'html') {
      for (const [, name = ''] of node.value.matchAll(/\b(?:id|name)="([^"]+)"/g))
        anchors.add(name);
    }
  }
  return anchors;
}

function targetsOf(node: Nodes): string[] {
  if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
    return [node.url];
  if (node.type === 'html') {
    const attributes = node.value.matchAll(/\b(?:href|src|srcset)="([^"\s]+)/g);
    return [...attributes].map(([, target = '']) => target);
  }
  // A reference without its definition is text.
  return node.type === 'text' ? (node.value.match(/\[[^\]]+\]\[[^\]]*\]/g) ?? []) : [];
}

function whyDead(root: string, path: string, markdown: string, target: string): string | undefined {
  if (target.startsWith('[')) return 'this reference has no definition';
  if (/^mailto:\S+@\S+$/.test(target)) return undefined;
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) {
    return target.startsWith('https://') && URL.canParse(target)
      ? undefined
      : 'not an https address';
  }
  const [file = '', anchor] = decodeURIComponent(target).split('#');
  const from = file.startsWith('/') ? '.' : dirname(path);
  const to = file === '' ? path : normalize(join(from, file));
  if (GITHUB_PAGES.test(to)) return undefined;
  if (file !== '' && (to.startsWith('..') || !existsSync(join(root, to)))) return 'no such file';
  if (!anchor || extname(to) !== '.md') return undefined;
  const text = file === '' ? markdown : readFileSync(join(root, to), 'utf8');
  return anchorsIn(text).has(anchor) ? undefined : 'no such heading';
}

/** A heading's anchor, as GitHub creates it. */
function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function textOf(node: Nodes): string {
  return [...nodesIn(node)]
    .map((one) => (one.type === 'text' || one.type === 'inlineCode' ? one.value : ''))
    .join('');
}

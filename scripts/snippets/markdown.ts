import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** A code block with YAML in it. */
export interface YamlBlock {
  /** The line of the document on which its text begins. */
  line: number;
  text: string;
  /** Marked as no part of a workflow: the word `other` behind the language. */
  isOther: boolean;
}

/** Markdown as GitHub reads it. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** A node and all that is in it, in the order of the text. */
export function* nodesIn(node: Nodes): Generator<Nodes> {
  yield node;
  if (!('children' in node)) return;
  for (const child of node.children) yield* nodesIn(child);
}

/** The blocks of YAML in a document, without the indentation of a list or quotation around them. */
export function yamlBlocksIn(markdown: string): YamlBlock[] {
  return [...nodesIn(parseMarkdown(markdown))].flatMap((node) => {
    if (node.type !== 'code' || !/^ya?ml$/i.test(node.lang ?? '')) return [];
    const line = (node.position?.start.line ?? 0) + 1;
    return { line, text: node.value, isOther: /\bother\b/.test(node.meta ?? '') };
  });
}

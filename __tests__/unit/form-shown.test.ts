import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Nodes, Parents, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { type Form, readForm } from '../../src/issue-form/form.ts';
import { body, disguised, trick } from '../support/form-bodies.ts';
import { holds, PATIENCE_MS } from '../support/properties.ts';

// What the maintainer saw is what is read: bodies are put together from whatever could deceive, and
// compared with what a renderer for GitHub's Markdown makes of them.

const RUNS = 400;

const parse = (body: string) =>
  fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  if (node.type === 'break') return '\n';
  return 'children' in node ? (node as Parents).children.map(textOf).join('') : '';
}

function everyNode(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? (node as Parents).children.flatMap(everyNode) : [])];
}

/** The blocks between a heading and the next. */
function under(blocks: RootContent[], heading: number): RootContent[] {
  const rest = blocks.slice(heading + 1);
  const end = rest.findIndex(({ type }) => type === 'heading');
  return end < 0 ? rest : rest.slice(0, end);
}

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\s]/gu;
/** What a page doesn't show, or shows in another order; blanks aside. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}]/u;
/** Letters of the bodies below that a person takes for others. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  е: 'e',
  с: 'c',
  а: 'a',
  ѕ: 's',
  о: 'o',
  ӏ: 'l',
};

/** A heading's text as a person reads it. */
function seen(text: string): string {
  const letters = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  return [...letters]
    .map((letter) => LOOK_ALIKES[letter] ?? letter)
    .join('')
    .replace(/:$/, '');
}

/** What a page shows of a body under a heading; throws where a person could be deceived. */
function shownUnder(body: string, name: string): string[] | undefined {
  const root = parse(body);
  const nodes = everyNode(root);
  // An image or a line break hides nothing.
  const isHtml = (node: Nodes) =>
    node.type === 'html' && !/^\s*(<(img|br)\b[^<>]*>\s*)+$/.test(node.value);
  if (nodes.some(isHtml)) throw new Error('raw HTML');
  const headings = nodes.filter(
    (node) =>
      // A paragraph that is nothing but the name reads like a heading, bold or not.
      ['heading', 'paragraph'].includes(node.type) && seen(textOf(node)) === name,
  );
  if (headings.length === 0) return undefined;
  if (headings.length > 1) throw new Error(`${name} is shown twice`);
  const at = (root.children as Nodes[]).indexOf(headings[0] as Nodes);
  const heading = root.children[at];
  if (heading?.type !== 'heading') throw new Error(`${name} is shown within something else`);
  if (heading.depth !== 3) throw new Error(`${name} is shown in another size`);
  const shown = under(root.children, at).flatMap((block) => {
    const kinds = new Set(everyNode(block).map(({ type }) => type));
    for (const kind of ['text', 'paragraph', 'link', 'break']) kinds.delete(kind as never);
    if (block.type === 'list') {
      if (block.ordered) throw new Error('a numbered list');
      for (const kind of ['list', 'listItem']) kinds.delete(kind as never);
      if (kinds.size > 0) throw new Error(`${[...kinds]} in a list`);
      return block.children.flatMap((item) => {
        if (typeof item.checked !== 'boolean') throw new Error('an item without a box');
        return item.checked ? [textOf(item)] : [];
      });
    }
    // What GitHub writes for an empty field is emphasis.
    if (textOf(block).toLowerCase() === 'no response') return [];
    if (kinds.size > 0) throw new Error(`${[...kinds]} in an answer`);
    return textOf(block).split(name === 'service' ? /[\r\n,]/ : /[\r\n]/);
  });
  if (shown.some((text) => UNSEEN.test(text.trim())))
    throw new Error(`${name} has unseen characters`);
  return shown;
}

function tidy(texts: string[] = []): string[] {
  const names = texts.map((text) => text.trim().replace(/\s+/g, ' ')).filter(Boolean);
  return names.length === 1 && names[0]?.toLowerCase() === 'none' ? [] : names;
}

function readUnder(form: Form, name: 'service' | 'schema' | 'table' | 'destination'): string[] {
  if (name === 'service') return form.services;
  const value = form.values[name];
  return value === undefined ? [] : [value];
}

/** Bodies that were read, with an answer in them: a reader that refuses everything is no good. */
let accepted = 0;

/** Either the body is refused, or it shows what is read. */
function isHonest(body: string): void {
  const form = readForm(body);
  if (form.problems.length > 0) return;
  if (form.services.length > 0 || Object.keys(form.values).length > 0) accepted += 1;
  for (const name of ['service', 'schema', 'table', 'destination'] as const) {
    const shown = tidy(shownUnder(body, name));
    const read = readUnder(form, name);
    expect({ name, shown: name === 'service' ? shown : shown.join('\n') }).toEqual({
      name,
      shown: name === 'service' ? read : read.join('\n'),
    });
  }
}

beforeEach(() => {
  accepted = 0;
});

describe('what GitHub’s page shows', () => {
  test(
    'is what is read, or the body is refused',
    () => {
      holds(fc.property(body, isHonest), RUNS);
      expect(accepted).toBeGreaterThan(RUNS / 20);
    },
    PATIENCE_MS,
  );

  test(
    'is what is read when a good form has one trick in it',
    () => {
      const form = fc
        .tuple(
          fc.array(trick, { maxLength: 2 }),
          fc.array(fc.oneof(trick, disguised), { maxLength: 3 }),
          fc.nat(2),
        )
        .map(([first, tricks, at]) => {
          const parts = ['### Service\n\ngoogle_ads', '### Schema\n\nacme', '### Notes\n\nx'];
          parts.splice(at, 0, tricks.join('\n'));
          return [`### Customer\n\n${first.join('')}`, ...parts].join('\n\n');
        });
      holds(fc.property(form, isHonest), RUNS);
      expect(accepted).toBeGreaterThan(RUNS / 20);
    },
    PATIENCE_MS,
  );
});

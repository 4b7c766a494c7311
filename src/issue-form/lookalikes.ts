import { HEADINGS, type Heading } from './headings.ts';

/** Nobody takes more letters for a heading. */
const MOST_LETTERS = 200;
/** Stands for any one letter, or for none. */
const ANY = '\uE000';
/** More than any heading has letters. */
const MOST_ANY = 12;
/** A letter of another script, until it is known how many there are. */
const FOREIGN = '\uE001';

/** Letters that look like Latin ones, once accents and fonts are undone. */
const LATIN: ReadonlyMap<string, string> = new Map(
  [
    ['аαɑⲁ4@', 'a'],
    ['вβьʙƅ', 'b'],
    ['сϲⲥᴄ', 'c'],
    ['ԁɗ', 'd'],
    ['еεɛєҽℯ3', 'e'],
    ['һнʜηհ', 'h'],
    ['іıɩιӏ1', 'l'],
    ['ⅼi', 'l'],
    ['мᴍʍ', 'm'],
    ['пոռɴπ', 'n'],
    ['оοσօⲟ0', 'o'],
    ['гʀᴦɼꭇ', 'r'],
    ['ѕꜱ5$', 's'],
    ['тτᴛ', 't'],
    ['νѵᴠυ', 'v'],
  ].flatMap(([letters = '', latin = '']) => [...letters].map((one) => [one, latin] as const)),
);

/** Scripts whose letters nobody takes for Latin ones. */
const DISTINCT =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}\p{sc=Thai}\p{sc=Bengali}\p{sc=Tamil}]/u;
/** Scripts full of letters that look Latin, in which nobody fills in forms. */
const EXOTIC =
  /[\p{sc=Lisu}\p{sc=Cherokee}\p{sc=Coptic}\p{sc=Deseret}\p{sc=Osage}\p{sc=Canadian_Aboriginal}\p{sc=Old_Italic}\p{sc=Gothic}\p{sc=Tifinagh}\p{sc=Vai}\p{sc=Warang_Citi}\p{sc=Bamum}]/u;

/** The first letters of alphabets in squares and circles, and of flags, that have no other form. */
const SYMBOLS = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6];

const FOLDED = HEADINGS.map((heading): [Heading, string] => [heading, fold(heading)]);

/**
 * The known heading that a line could be read as, whatever surrounds it: hashes, a list, a quote,
 * emphasis, entities, a link, invisible characters, look-alike letters. Rather one too many than one
 * too few: a person is asked to change the line.
 */
export function readsAs(line: string): Heading | undefined {
  const readings = new Set([
    line,
    // `[Schema]:` may be a heading's text, or the name of a footnote that begins with what follows.
    line.replace(/^([\s>*+-]*)\[\^?[^\]\s]*\]:/, '$1'),
    // What is crossed out may count for nothing.
    line.replace(/~{1,2}[^~]+~{1,2}/g, ''),
  ]);
  const texts = [...readings].map(lettersOf);
  return FOLDED.find(([, heading]) => texts.some((text) => couldBe(text, heading)))?.[0];
}

/** What a line shows, folded, without the marks before and around its text. */
function lettersOf(line: string): string {
  return fold(
    line
      // Images, emoji, footnotes; where links lead; the marks before the text.
      .replace(
        /!\[[^[\]]*\](?:\([^()]*\)?|\[[^[\]]*\])?|:[a-z0-9_+-]{1,40}:/gi,
        ANY.repeat(MOST_ANY),
      )
      .replace(/\[\^[^[\]]*\](?!:)|[²³¹⁰-₟]/g, '')
      // A link whose end isn't plain: what follows may be shown or not.
      .replace(/\]\((?=[^)]*[(\\<]).*$/, ANY.repeat(MOST_ANY))
      .replace(/\]\([^()]*\)?|\]\[[^[\]]*\]/g, ']')
      .replace(/^(?:[\s>*+#-]|\d+[.)]\s|\[[ x]?\])+/i, '')
      .replace(/&#x([0-9a-f]{1,6});/gi, (_, code) => character(Number.parseInt(code, 16)))
      .replace(/&#(\d{1,7});/g, (_, code) => character(Number(code)))
      .replace(/(?:&[a-z][a-z0-9]{1,40};)+/gi, ANY.repeat(MOST_ANY))
      .replace(/<[^<>]*>/g, '')
      .replace(/(?<=\p{L})[|!](?=\p{L})/gu, 'l'),
  );
}

/** A text's letters alone, those that look alike made one. */
function fold(text: string): string {
  let folded = '';
  let foreign = 0;
  for (const shown of text.normalize('NFKD').toLowerCase()) {
    const one = fromSymbol(shown);
    if (folded.length > MOST_LETTERS) break;
    // Some of those that show nothing are letters.
    if (/\p{Default_Ignorable_Code_Point}/u.test(one)) continue;
    const latin = LATIN.get(one) ?? (/[a-z]/.test(one) ? one : undefined);
    if (latin) folded += latin;
    else if (one <= '\x7f') folded += /\d/.test(one) ? '*' : '';
    else if (one === ANY || EXOTIC.test(one)) folded += ANY;
    else if (DISTINCT.test(one)) folded += '*';
    else if (/[\p{L}\p{N}\p{So}\p{Sm}\p{Sc}]/u.test(one)) {
      folded += FOREIGN;
      foreign += 1;
    }
  }
  // A word that is mostly in letters of its own, such as «Клиент», is nobody's look-alike.
  const any = foreign > folded.length / 2 ? '*' : ANY;
  return folded.replaceAll(FOREIGN, any).replaceAll('rn', 'm').replaceAll('cl', 'd');
}

function fromSymbol(one: string): string {
  const code = one.codePointAt(0) ?? 0;
  const first = SYMBOLS.find((start) => code >= start && code < start + 26);
  return first === undefined ? one : String.fromCharCode(0x61 + code - first);
}

/** Whether a folded text is a word, with ANY for any letter or none. */
function couldBe(text: string, word: string): boolean {
  if (text.length > MOST_LETTERS) return false;
  let ends = new Set([0]);
  for (const one of text) {
    const next = new Set<number>();
    for (const end of ends) {
      if (one === ANY) next.add(end);
      if (end < word.length && (one === ANY || one === word[end])) next.add(end + 1);
    }
    ends = next;
  }
  return ends.has(word.length);
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

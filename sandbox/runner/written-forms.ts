/**
 * A text in the notations that it may have been written in: as it is, in JSON, URLs, HTML, hexadecimal
 * digits and Base64, there with anything before and after it. Written independently of the action's own
 * gate, which it is to check.
 */
export function everyForm(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const uri = encodeURIComponent(text.toWellFormed());
  const html = text.replace(/[&<>"'`@#]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const bytes = Buffer.from(text);
  const forms = [
    text,
    json,
    uri,
    uri.replace(/%../g, (code) => code.toLowerCase()),
    uri.replaceAll('%20', '+'),
    html,
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((before) => inBase64(bytes, before)),
    // A part of a text with several lines is as bad.
    ...(text.includes('\n') ? text.split(/[\r\n]+/).filter((line) => line.length > 11) : []),
  ];
  return [...new Set(forms)].filter((form) => form.length > 3);
}

/** The letters that hold nothing but these bytes, with so many others before them. */
function inBase64(bytes: Buffer, before: number): string[] {
  if (bytes.length < 6) return [];
  const all = Buffer.concat([Buffer.alloc(before), bytes]);
  const end = Math.floor((all.length * 8) / 6);
  const start = Math.ceil((before * 8) / 6);
  return (['base64', 'base64url'] as const).map((as) => all.toString(as).slice(start, end));
}

import type { ShippedPackage } from './packages.ts';

/** The licences of everything in `dist`, as one text. */
export function licensesText(packages: ShippedPackage[]): string {
  return packages
    .flatMap(({ name, version, license, text, contains }) => [
      section(`${name} ${version}`, license, text),
      ...contains.map((part) => section(`${part.name}, part of ${name}`, part.license, part.text)),
    ])
    .join('\n');
}

function section(title: string, license: string, text: string): string {
  return `${title}\n${license}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}

import { withoutEnd } from '../../../../base/trim.ts'
/**
 * Licences out of /usr/share/doc/PACKAGE/copyright. Machine-readable files (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/)
 * have `License:` fields, whose first line is `name (and|or name)…`; older ones only point at texts in /usr/share/common-licenses.
 */
export function parseCopyright(text: string): string[] {
  const found = new Set<string>()
  for (const line of text.split('\n')) {
    const stated = /^License:[ \t]*([^\r\n]{1,200})/i.exec(line)?.[1]
    if (stated !== undefined && !prose.test(stated)) for (const name of licenseNames(stated)) found.add(name)
    for (const [, name] of line.matchAll(/\/usr\/share\/common-licenses\/([A-Za-z0-9][A-Za-z0-9.+-]{0,40})/g)) {
      found.add(withoutEnd(name!, '.-'))
    }
    if (found.size > 100) break
  }
  return [...found].sort()
}

/** The text itself where its name belongs. */
const prose =
  /^(?:permission|redistribution|this |you |by obtaining|copyright|all rights|see |for |in |it |to |any |as long|use )/i

/** `GPL-2+ and (MIT or BSD-3-clause), with exception` → the single names. */
function licenseNames(line: string): string[] {
  return line
    .split(/\s+(?:and|or|and\/or)\s+|,|\||;/i)
    .map(part =>
      part
        .replace(/[()]/g, ' ')
        .replace(/^\s*(?:and|or)\s/i, '')
        .trim()
        .replace(/\.$/, ''),
    )
    .filter(name => /^[A-Za-z0-9][\w.+:/~ -]{0,60}$/.test(name) && name.split(' ').length <= 4)
}

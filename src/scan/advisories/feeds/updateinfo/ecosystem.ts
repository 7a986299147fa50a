import { childrenOf, descendants, textOf, type XmlNode } from '../../input/xml.ts'

/** Whose update it is: by the kind of its id, the collection's name or `release`, and only then by the release (`.el9`) of its packages. */
export function ecosystemOf(id: string, path: string, update: XmlNode): { ecosystem: string; source: string } {
  const collection = childrenOf(childrenOf(update, 'pkglist')[0], 'collection')[0]
  const said = `${collection?.attributes.get('short') ?? ''} ${textOf(collection, 'name')} ${textOf(update, 'release')}`
  if (/^ALAS/.test(id)) return { ecosystem: `Amazon Linux:${amazonRelease(id, said, path)}`, source: 'amazon' }
  if (id.startsWith('BRSA')) return { ecosystem: 'Bottlerocket', source: 'bottlerocket' }
  const epel = /^FEDORA-EPEL-/.test(id)
    ? (/\.el(\d+)/.exec(release(update))?.[1] ?? /EPEL[- ](\d+)/i.exec(said)?.[1])
    : undefined
  if (epel !== undefined) return { ecosystem: `EPEL:${epel}`, source: 'epel' }
  const fedora =
    /Fedora (\d+)/i.exec(said)?.[1] ??
    (id.startsWith('FEDORA-') && !id.includes('EPEL') ? /\.fc(\d+)/.exec(release(update))?.[1] : undefined)
  if (fedora !== undefined) return { ecosystem: `Fedora:${fedora}`, source: 'fedora' }
  const el = /\.(?:module_?\+?)?el(\d+)/.exec(release(update))?.[1] ?? /\b(\d+)\b/.exec(said)?.[1] ?? ''
  if (el !== '' && /^AL[SBE]A/.test(id)) return { ecosystem: `AlmaLinux:${el}`, source: 'alma' }
  if (el !== '' && /^R[LX][SBE]A/.test(id)) return { ecosystem: `Rocky Linux:${el}`, source: 'rocky' }
  if (el !== '' && /^EL[SBE]A/.test(id)) return { ecosystem: `Oracle Linux:${el}`, source: 'oracle' }
  if (el !== '' && /^RH[SBE]A/.test(id)) return { ecosystem: `Red Hat:${el}`, source: 'redhat' }
  return { ecosystem: '', source: '' }
}

/** `ALAS-2018-939` is of Amazon Linux 1; `ALAS2-…`, `ALAS2LIVEPATCH-…`, `ALAS2023-…` say theirs, and so do the collections (`amazon-linux-2---kernel-5.15`). */
function amazonRelease(id: string, said: string, path: string): string {
  const own = /^ALAS(2023|2022|2)(?!\d)/.exec(id)?.[1]
  if (own !== undefined) return own
  const named = /amazon[- ]linux[- ]?(2023|2022|2)\b/i.exec(said)?.[1]
  if (named !== undefined) return named
  const filed = /(?:AL|updateinfo_)(2023|2022|2)(?![\d])/.exec(path)?.[1]
  return filed ?? '1'
}

/**
 * Amazon Linux 2's extras offer other lines of packages that the system has too: topic `kernel-5.15` says nothing of its kernel 4.14. A topic's number is how its line begins
 * (`5.15`, with the package's epoch), where the fixed version bears it out; `corretto8` is of 1.8.0, and docker has no other line.
 */
export function lineOfExtra(collection: string, version: string): string | undefined {
  const number = /^amazon-linux-2---\S{0,60}?(\d+(?:\.\d+)*)$/.exec(collection)?.[1]
  const [, epoch = '', upstream = ''] = /^(\d+:)?([^-]*)/.exec(version) ?? []
  return number !== undefined && `${upstream}.`.startsWith(`${number}.`) ? epoch + number : undefined
}

function release(update: XmlNode): string {
  for (const pkg of descendants(update, 'package')) return `.${pkg.attributes.get('release') ?? ''}`
  return ''
}

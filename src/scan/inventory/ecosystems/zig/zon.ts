import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * build.zig.zon: `.dependencies = .{ .NAME = .{ .url = "…", .hash = "…" }, … }`. A hash of Zig 0.14 and above begins `NAME-VERSION-`; before, and
 * where that is missing, the version is what the address names (a tag or commit). Dependencies by `.path` are of the same repository.
 */
export const zigManifest: Extractor = {
  id: 'zig',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'build.zig.zon' }],
  maxBytes: 1024 * 1024,
  parse: file => packagesOf(file.text().replace(/^[ \t]*\/\/.*$/gm, '')),
}

const entry = /\.(?:@"([^"\n]{1,200})"|([A-Za-z_]\w{0,200}))\s{0,20}=\s{0,20}\.\{([^{}]{1,4000})\}/g
const field = (body: string, name: string) =>
  new RegExp(`\\.${name}\\s{0,20}=\\s{0,20}"([^"\\n]{1,2000})"`).exec(body)?.[1]

function packagesOf(text: string): FoundPackage[] {
  const start = text.indexOf('.dependencies')
  if (start < 0) return []
  const found: FoundPackage[] = []
  for (const [, quoted, plain, body = ''] of text.slice(start + 13).matchAll(entry)) {
    const url = field(body, 'url')
    if (!url) continue
    const stated = /^[\w-]{1,64}?-(\d{1,20}\.\d{1,20}\.\d{1,20}[\w.+]{0,200})-/.exec(field(body, 'hash') ?? '')?.[1]
    found.push({
      name: quoted ?? plain!,
      version: stated ?? versionOf(url),
      relationship: 'direct',
      extra: { resolved: url },
    })
  }
  return found
}

function versionOf(url: string): string {
  const named = /(?:\/|#|ref=|-)v?(\d+\.\d+(?:\.\d+)?[\w.+-]*?)(?:\.tar\.[a-z0-9]+|\.zip|[?#]|$)/.exec(
    url.slice(0, 2000),
  )?.[1]
  return named ?? /([0-9a-f]{40})/.exec(url)?.[1] ?? ''
}

import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * PEAR's registry: `.registry/[.channel.CHANNEL/]NAME.reg`, a serialized PHP array with `name`, `channel`, `version` (either a text or an array with `release`).
 * Only texts of known keys are looked for; nothing is unserialized.
 */
export const pearRegistry: Extractor = {
  id: 'pear',
  revision: 1,
  stage: 'installed',
  patterns: [
    { extension: '.reg', where: ({ path }) => /(?:^|\/)\.registry\/(?:\.channel\.[^/]+\/)?[^/]+\.reg$/.test(path) },
  ],
  maxBytes: 4 * 1024 * 1024,
  parse: file => packageOf(file.text(), file.path),
}

function packageOf(text: string, path: string): FoundPackage[] | undefined {
  const name = /s:4:"name";s:\d{1,4}:"([^"]{1,200})"/.exec(text)?.[1]
  const version =
    /s:7:"version";a:\d{1,3}:\{s:7:"release";s:\d{1,3}:"([^"]{1,100})"/.exec(text)?.[1] ??
    /s:7:"version";s:\d{1,3}:"([^"]{1,100})"/.exec(text)?.[1]
  if (!name || !version) return undefined
  const channel =
    /\.channel\.([^/]{1,200})\//.exec(path)?.[1] ?? /s:7:"channel";s:\d{1,4}:"([^"]{1,200})"/.exec(text)?.[1]
  return [{ name, version, ...(channel && { extra: { channel } }) }]
}

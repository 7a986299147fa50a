import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { splitSpec } from './package.ts'

/**
 * The package that a specifier of Deno names with its version (docs.deno.com, "Modules and dependencies"): `npm:NAME@VERSION/path`, `jsr:@SCOPE/NAME@VERSION`,
 * the addresses of hosts that serve npm's packages (esm.sh, unpkg.com, cdn.jsdelivr.net, cdn.skypack.dev), and of deno.land. Of a range its lowest version.
 * Undefined where no version is named.
 */
export function packageOfImport(specifier: string): FoundPackage | undefined {
  const text = specifier.slice(0, 1000).replace(/[?#].*$/s, '')
  const scheme = /^(npm|jsr):\/?(.*)$/s.exec(text)
  if (scheme) return packageOf(scheme[2]!, scheme[1] === 'npm')
  const served = /^https:\/\/([a-z.]+)\/(.+)$/s.exec(text)
  if (!served) return undefined
  const [, host = '', path = ''] = served
  if (host === 'deno.land') {
    const found = packageOf(path.replace(/^x\//, ''), false)
    // The whole address, as a product of that name (`redis`) is something else.
    return found && { ...found, name: `deno.land/${path.startsWith('x/') ? 'x/' : ''}${found.name}` }
  }
  if (host === 'jsr.io') return packageOf(path.replace(/^(@[^/]+\/[^/@]+)\//, '$1@'), false)
  if (host === 'cdn.jsdelivr.net') return path.startsWith('npm/') ? packageOf(path.slice(4), true) : undefined
  if (host !== 'esm.sh' && host !== 'unpkg.com' && host !== 'cdn.skypack.dev') return undefined
  const inner = path.replace(/^(?:v\d+|stable)\//, '').replace(/^\*/, '')
  if (/^(?:gh|pr|tsx)\//.test(inner)) return undefined
  return inner.startsWith('jsr/') ? packageOf(inner.slice(4), false) : packageOf(inner, true)
}

/** What is not npm's has no advisories under a type of its own: JSR's packages and those of deno.land. */
function packageOf(spec: string, isNpm: boolean): FoundPackage | undefined {
  const parts = splitSpec(spec)
  const version = /^[\^~=]?\s*(v?\d[\w.+-]*)(?:[/_].*)?$/s.exec(parts?.rest ?? '')?.[1]
  if (!parts || !version || !/^(?:@[^\s/@]+\/)?[^\s/@:]+$/.test(parts.name)) return undefined
  return { name: parts.name, version, ...(!isNpm && { type: 'generic' }) }
}

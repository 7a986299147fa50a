import { own, parseJson, stringAt } from '../../../../base/json.ts'
import type { ContentFile, Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { listZip, looksLikeZip, readZipEntry } from '../../../../base/zip.ts'

const chromium = /(?:^|\/)Extensions\/([a-p]{32})\/[^/]{1,100}\/manifest\.json$/
const firefox = /(?:^|\/)(?:extensions|distribution\/extensions|browser\/features)\/([^/]{1,200})\.xpi$/

/**
 * Extensions in the profile of a browser, or brought by its package. Chromium's kin (Chrome, Edge, Brave …) unpack them: `Extensions/ID/VERSION_N/manifest.json`,
 * ID being 32 letters from a to p; Firefox keeps `extensions/ID.xpi`, a zip with such a manifest. Named by their id: what they are called depends on the language.
 */
export const browserExtensions: Extractor = {
  id: 'browser-extension',
  revision: 1,
  stage: 'installed',
  patterns: [
    { basename: 'manifest.json', where: ({ path }) => chromium.test(path) },
    { extension: '.xpi', where: ({ path }) => firefox.test(path) },
  ],
  parse: file => {
    const id = chromium.exec(file.path)?.[1]
    if (id) return packageOf(id, file.text())
    const name = firefox.exec(file.path)?.[1]
    const text = name ? manifestIn(file) : undefined
    return name && text ? packageOf(name, text).map(found => ({ ...found, type: 'generic' })) : undefined
  },
}

function packageOf(name: string, text: string): FoundPackage[] {
  const manifest = parseJson(text)
  const version = stringAt(manifest, 'version')
  if (!version || own(manifest, 'manifest_version') === undefined) return []
  const title = stringAt(manifest, 'name')
  return [{ name, version, ...(title && { extra: { title: title.slice(0, 200) } }) }]
}

const maxManifest = 1024 * 1024

function manifestIn(file: ContentFile): string | undefined {
  if (!looksLikeZip(file)) return undefined
  const [entry] = listZip(file, name => name === 'manifest.json')
  return entry && readZipEntry(file, entry, maxManifest, { left: maxManifest }).toString('utf8')
}

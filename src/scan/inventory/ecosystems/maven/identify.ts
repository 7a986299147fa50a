import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { type Coordinates, coordinatesOfFileName, coordinatesOfPlace, nameOf } from './coordinates.ts'
import { coordinatesOfManifest, parseManifest, versionOfManifest } from './manifest.ts'
import { parseProperties } from './properties.ts'
import { child, children, childText, parseXml } from './xml.ts'

/** A package of an archive; `main` is the archive itself, the others were shaded into it. */
export type Identified = FoundPackage & { main: boolean }

interface Described extends Coordinates {
  licenses: string[]
}

const pluginFile = 'META-INF/maven/plugin.xml'
const buildInfo = /^(?:(?:BOOT|WEB)-INF\/classes\/)?META-INF\/build-info\.properties$/

/** Whether an entry says who its archive is. */
export function isMetadata(name: string): boolean {
  return (
    name.toUpperCase() === 'META-INF/MANIFEST.MF' ||
    ((name.endsWith('/pom.properties') || name.endsWith('/pom.xml')) && /(?:^|\/)META-INF\/maven\//.test(name)) ||
    name === pluginFile ||
    buildInfo.test(name)
  )
}

/**
 * Who an archive is, and whom it holds, of its metadata files: each `META-INF/maven/GROUP/ARTIFACT/pom.properties` is one artifact (several after shading);
 * where only `pom.xml` stands, that. When none of them is the archive itself, what else describes it, its place, or its manifest and file name tell. Without any
 * version nothing is claimed.
 */
export function identify(path: string, texts: Map<string, Buffer>): Identified[] {
  const file = coordinatesOfFileName(path)
  const bytes = [...texts].find(([name]) => name.toUpperCase() === 'META-INF/MANIFEST.MF')?.[1]
  const manifest = parseManifest(bytes?.toString('utf8') ?? '')
  const described = describedBy(texts)
  const main = mainOf(described, file, versionOfManifest(manifest))
  if (main !== undefined) main.version = publishedVersion(main.version, file.version)
  const packages = described.map(item => packageOf(item, 'pom.properties', item === main))
  if (main === undefined) {
    const alone = mainOf(describedElsewhere(texts), file, versionOfManifest(manifest))
    const own = alone ?? coordinatesOfPlace(path) ?? coordinatesOfManifest(manifest, file)
    if (own.version !== '') packages.unshift(packageOf({ ...own, licenses: [] }, 'manifest', true))
  }
  return packages
}

/**
 * The description of the archive itself: the one that the file is named after; else (a renamed file) the only one of the version that the name or the manifest
 * states; else the only one there is, when neither states any.
 */
function mainOf(described: Described[], file: Coordinates, manifestVersion: string): Described | undefined {
  const stem = comparable(file.version === '' ? file.artifact : `${file.artifact}-${file.version}`)
  const named = described.filter(item => `${stem}-`.startsWith(`${comparable(item.artifact)}-`))
  if (named.length > 0) return named.reduce((best, item) => (item.artifact.length > best.artifact.length ? item : best))
  for (const version of [file.version, manifestVersion]) {
    const same = described.filter(item => version !== '' && item.version === version)
    if (same.length === 1) return same[0]
  }
  return described.length === 1 && file.version === '' && manifestVersion === '' ? described[0] : undefined
}

/** `13.6.2.jre8`: built once for each release of Java, of which the description says nothing, but the name it was published under. */
function publishedVersion(stated: string, named: string): string {
  return named.startsWith(`${stated}.`) && /^\.jre\d+$/.test(named.slice(stated.length)) ? named : stated
}

const comparable = (name: string) => name.toLowerCase().replaceAll('_', '-')

function describedBy(texts: Map<string, Buffer>): Described[] {
  const found = new Map<string, Described>()
  for (const [name, bytes] of texts) {
    const match = /META-INF\/maven\/([^/]+)\/([^/]+)\/pom\.(properties|xml)$/.exec(name)
    if (match === null) continue
    const [, group = '', artifact = '', kind] = match
    const stated = kind === 'xml' ? ofPom(bytes) : ofProperties(bytes)
    const key = `${group}:${artifact}`
    const known = found.get(key)
    const item = {
      group: stated.group || known?.group || group,
      artifact: stated.artifact || known?.artifact || artifact,
      version: (kind === 'xml' ? known?.version || stated.version : stated.version || known?.version) ?? '',
      licenses: stated.licenses.length > 0 ? stated.licenses : (known?.licenses ?? []),
    }
    found.set(key, item)
  }
  return [...found.values()].filter(item => item.version !== '')
}

/**
 * What describes an archive that was built without pom.properties: a Maven plugin's descriptor (`<plugin>` with its coordinates), and Spring Boot's
 * `build-info.properties` (`build.group`, `build.artifact`, `build.version`).
 */
function describedElsewhere(texts: Map<string, Buffer>): Described[] {
  return [...texts].flatMap(([name, bytes]) => {
    const stated = name === pluginFile ? ofPom(bytes) : buildInfo.test(name) ? ofBuildInfo(bytes) : undefined
    return stated?.group && stated.artifact && stated.version ? [stated] : []
  })
}

function ofBuildInfo(bytes: Buffer): Described {
  const values = parseProperties(bytes.toString('latin1'))
  const value = (key: string) => plain(values.get(`build.${key}`))
  return { group: value('group'), artifact: value('artifact'), version: value('version'), licenses: [] }
}

function ofProperties(bytes: Buffer): Described {
  const values = parseProperties(bytes.toString('latin1'))
  const value = (key: string) => plain(values.get(key))
  return { group: value('groupId'), artifact: value('artifactId'), version: value('version'), licenses: [] }
}

/** Only what it states itself: its parent is not in the archive. A pom that cannot be read leaves the folder's names. */
function ofPom(bytes: Buffer): Described {
  try {
    const project = parseXml(bytes)
    const parent = child(project, 'parent')
    return {
      group: plain(childText(project, 'groupId') || childText(parent, 'groupId')),
      artifact: plain(childText(project, 'artifactId')),
      version: plain(childText(project, 'version') || childText(parent, 'version')),
      licenses: children(child(project, 'licenses'), 'license')
        .map(item => childText(item, 'name'))
        .filter(name => name !== ''),
    }
  } catch {
    return { group: '', artifact: '', version: '', licenses: [] }
  }
}

const plain = (value = '') => (value.includes('${') ? '' : value.trim())

function packageOf(item: Described, from: string, main: boolean): Identified {
  const { licenses } = item
  return {
    name: nameOf(item),
    version: item.version,
    licenses,
    main,
    extra: { from, ...(main ? {} : { shaded: 'true' }) },
  }
}

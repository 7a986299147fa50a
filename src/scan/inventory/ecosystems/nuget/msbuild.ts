import { JennerError } from '../../../../base/errors.ts'
import { childText, descendants, type XmlElement } from '../../../../base/xml.ts'

export interface PackageItem {
  name: string
  /** As written, with properties of the same file put in. */
  version: string
  development: boolean
  line: number
}

/** A property may stand for a long list of names: the sum is bounded. */
const maxItems = 100_000
const maxProperties = 5000
const maxImports = 100

const itemNames = new Set([
  'PackageReference',
  'PackageVersion',
  'GlobalPackageReference',
  'PackageDownload',
  'DotNetCliToolReference',
])

/** What of an MSBuild file matters here. Plain JSON. */
export interface MsbuildFile {
  items: PackageItem[]
  /** By lower-case name, those of other files not yet put in. */
  properties: [name: string, value: string][]
  /** Paths as written, of files that it imports. */
  imports: string[]
}

/**
 * Package items of an MSBuild file: `<PackageReference Include="Name" Version="1.0"/>`, the version as attribute or child element, `Update` in place of
 * `Include`, `VersionOverride` over a central version. `$(Property)` is filled in from the file's own PropertyGroups; what keeps one may have it of another file.
 */
export function readMsbuild(project: XmlElement): MsbuildFile {
  const properties = propertiesOf(project)
  const items: PackageItem[] = []
  const imports: string[] = []
  for (const element of descendants(project)) {
    if (element.name === 'Import') imports.push(fill(attribute(element, 'Project') ?? '', properties))
    if (!itemNames.has(element.name)) continue
    const names = fill(attribute(element, 'Include') ?? attribute(element, 'Update') ?? '', properties)
    const version = fill(stated(element, 'VersionOverride') ?? stated(element, 'Version') ?? '', properties)
    const development =
      stated(element, 'PrivateAssets')?.toLowerCase() === 'all' ||
      element.name === 'GlobalPackageReference' ||
      element.name === 'DotNetCliToolReference'
    for (const name of names.split(';').map(part => part.trim()))
      if (name !== '' && !name.includes('$(')) push(items, { name, version, development, line: element.line })
  }
  return { items, properties: [...properties].slice(0, maxProperties), imports: imports.slice(0, maxImports) }
}

function push(items: PackageItem[], item: PackageItem): void {
  if (items.length >= maxItems) throw new JennerError('limit_exceeded', `more than ${maxItems} package items`)
  items.push(item)
}

/**
 * The version that a request begins at, which is what NuGet installs: `1.0`, `[1.0]`, `[1.0, 2.0)`; 1.0 of `1.*` and `1.0-*`; the upper end of `(,1.0]`. None
 * of `*`, `(1.0, )`, unknown properties.
 */
export function lowestVersion(version: string): { version: string; range?: string } | undefined {
  const text = version.trim()
  if (text === '' || text.includes('$(')) return undefined
  const [, open, from = '', to = '', close] = /^([[(])([^,\])]*)(?:,([^\])]*))?([\])])$/.exec(text) ?? []
  const end =
    open === undefined ? text : open === '[' ? from.trim() : from.trim() === '' && close === ']' ? to.trim() : ''
  const lower = end.replace(/(\d)\.\*(?:-\*)?$/, '$1.0').replace(/[.-]\*$/, '')
  if (!/^\d[0-9A-Za-z.+-]*$/.test(lower)) return undefined
  return text === lower || text === `[${lower}]` ? { version: lower } : { version: lower, range: text.slice(0, 200) }
}

/** Later ones win. Conditions are not evaluated. */
function propertiesOf(project: XmlElement): Map<string, string> {
  const properties = new Map<string, string>()
  for (const group of descendants(project)) {
    if (group.name !== 'PropertyGroup') continue
    for (const { name, text } of group.children) properties.set(name.toLowerCase(), fill(text.trim(), properties))
  }
  return properties
}

const maxLength = 4096

/** Fills in again what was filled in, a few times: files may give values in another order than they are read here. */
export function fillWhole(text: string, properties: ReadonlyMap<string, string>): string {
  let filled = text
  for (let step = 0; step < 8 && filled.includes('$('); step++) filled = fill(filled, properties)
  return filled
}

/** Values hold no property that is known any more, so one pass is enough and nothing grows without bound. */
export function fill(text: string, properties: ReadonlyMap<string, string>): string {
  if (!text.includes('$(') || text.length > maxLength) return text.slice(0, maxLength)
  return text
    .replace(/\$\(([\w.-]+)\)/g, (whole, name: string) => properties.get(name.toLowerCase()) ?? whole)
    .slice(0, maxLength)
}

function stated(element: XmlElement, name: string): string | undefined {
  return attribute(element, name) ?? childText(element, name)
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.get(name) ?? element.attributes.get(name.toLowerCase())
}

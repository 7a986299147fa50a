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

const itemNames = new Set(['PackageReference', 'PackageVersion', 'GlobalPackageReference', 'PackageDownload'])

/**
 * Package items of an MSBuild file: `<PackageReference Include="Name" Version="1.0"/>`, the version as attribute or child element, `Update` in place of
 * `Include`, `VersionOverride` over a central version. `$(Property)` is filled in from the file's own PropertyGroups; an item that keeps one has no version.
 */
export function packageItems(project: XmlElement): PackageItem[] {
  const properties = propertiesOf(project)
  const items: PackageItem[] = []
  for (const element of descendants(project)) {
    if (!itemNames.has(element.name)) continue
    const names = fill(attribute(element, 'Include') ?? attribute(element, 'Update') ?? '', properties)
    const version = fill(stated(element, 'VersionOverride') ?? stated(element, 'Version') ?? '', properties)
    const development =
      stated(element, 'PrivateAssets')?.toLowerCase() === 'all' || element.name === 'GlobalPackageReference'
    for (const name of names.split(';').map(part => part.trim()))
      if (name !== '' && !name.includes('$(')) push(items, { name, version, development, line: element.line })
  }
  return items
}

function push(items: PackageItem[], item: PackageItem): void {
  if (items.length >= maxItems) throw new JennerError('limit_exceeded', `more than ${maxItems} package items`)
  items.push(item)
}

/** The version that a request begins at, which is what NuGet installs: `1.0`, `[1.0]`, `[1.0, 2.0)`. None for `1.*`, `(1.0, )`, unknown properties. */
export function lowestVersion(version: string): { version: string; range?: string } | undefined {
  const text = version.trim()
  if (text === '' || text.includes('$(')) return undefined
  const lower = text.startsWith('[') ? (/^\[([^,\]]*)/.exec(text)?.[1]?.trim() ?? '') : text
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

/** Values hold no property any more, so one pass is enough and nothing grows without bound. */
function fill(text: string, properties: Map<string, string>): string {
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

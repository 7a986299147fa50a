import { JennerError } from '../../../base/errors.ts'
import type { Incomplete, Inventory } from '../../../base/model/inventory.ts'
import type { Package } from '../../../base/model/package.ts'
import { parsePurl } from '../../../base/purl.ts'
import { parseXml } from '../../../base/xml.ts'

import { isThirdParty as isForeignRpm } from '../ecosystems/rpm/package.ts'
import { isThirdParty } from '../third-party.ts'
import { type Component, distroOf, osTypes, ourFact, packageOf, type Sbom } from './component.ts'
import { readCycloneDx } from './cyclonedx.ts'
import { isSnapshot, readSnapshot } from './github.ts'
import { asObject, asText, type Json } from './json.ts'
import { readSpdx2 } from './spdx.ts'
import { readSpdxTagValue } from './spdx-tag.ts'
import { spdxFromXml } from './spdx-xml.ts'
import { readSpdx3 } from './spdx3.ts'
import { isSyft, readSyft } from './syft.ts'
import { cycloneDxFromXml } from './xml.ts'
import { parseYamlParts } from './yaml-parts.ts'

/**
 * Reads an SBOM of any form that tools write: CycloneDX JSON and XML, SPDX 2.x JSON, YAML, XML, RDF/XML and tag-value, SPDX 3 JSON-LD, each also inside an
 * in-toto statement, a DSSE envelope or a sigstore bundle (one document or a line each; signatures are not judged), Syft's own JSON, GitHub's export and
 * dependency snapshots, and a plain list of purls. Throws JennerError malformed for anything else, limit_exceeded.
 */
export function readSbom(text: string): Sbom {
  return readText(text, 0)
}

function readText(text: string, depth: number): Sbom {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart()
  if (trimmed.startsWith('{')) return readJson(trimmed, depth)
  if (trimmed.startsWith('<')) return readXml(trimmed)
  const first = firstLine(trimmed)
  if (/^pkg:[a-z]/i.test(first)) return purlList(trimmed)
  if (/^SPDXVersion:/m.test(trimmed.slice(0, maxHead))) return readSpdxTagValue(trimmed)
  // Written with sorted keys, it says what it is near its end.
  const marked = [trimmed.slice(0, maxHead), trimmed.slice(-maxHead)].some(part =>
    /^["']?(?:spdxVersion|bomFormat)["']?[ \t]{0,10}:/m.test(part),
  )
  if (marked && depth === 0) return readDocument(parseYamlParts(trimmed) ?? {}, depth + 1)
  throw new JennerError('malformed', 'neither CycloneDX, SPDX, an attestation of one, nor a list of purls')
}

/** How far from the beginning, or the end, a text must say what it is. */
const maxHead = 64 * 1024

function readXml(text: string): Sbom {
  // The root element tells the two apart: `bom`, whatever its prefix, or one of SPDX's.
  if (
    /<(?:\w{1,20}:)?(?:RDF|Document)[\s>]/.test(text.slice(0, maxHead)) &&
    !/<(?:\w{1,20}:)?bom[\s>]/.test(text.slice(0, maxHead))
  )
    return readSpdx2(spdxFromXml(parseXml(text)))
  return readCycloneDx(cycloneDxFromXml(text))
}

/** The inventory an SBOM states: its packages, its distribution, what it describes. `name` is shown as the artifact's name. */
export function inventoryOfSbom(text: string, name: string): Inventory {
  const sbom = readSbom(text)
  const packages = packagesOf(sbom)
  const os = distroOf(sbom.components)
  for (const pkg of packages) {
    const foreign = pkg.type === 'rpm' ? isForeignRpm(pkg, os).thirdParty : pkg.type === 'deb' && isThirdParty(pkg)
    if (foreign) pkg.thirdParty = true
  }
  const { imageId, purl, diffIds = [], repoTags = [], repoDigests = [] } = sbom.subject ?? {}
  const incomplete: Incomplete[] = sbom.problems.map(detail => ({ path: name, code: 'malformed', detail }))
  for (const { version, name: unnamed, id } of packages)
    if (version === '') incomplete.push({ path: id, code: 'version_unknown', detail: unnamed })
  const layers = diffIds.map((diffId, index) => ({ index, diffId, size: 0 }))
  return {
    artifact: {
      name,
      type: sbom.format,
      repoTags,
      repoDigests,
      layers,
      size: 0,
      ...(imageId && { imageId }),
      ...(purl && { purl }),
      ...(sbom.attested && { attested: true }),
      ...(sbom.vexReferences && { vexReferences: sbom.vexReferences }),
    },
    packages,
    incomplete,
    timing: {},
    ...(os && { os }),
  }
}

/** The packages of an SBOM, each once; what has no name is told among its problems; `dependsOn` restricted to packages of the same document. */
export function packagesOf(sbom: Sbom): Package[] {
  const byRef = new Map<string, Package>()
  const seen = new Map<string, Package>()
  for (const component of sbom.components) {
    if (component.kind === 'os') continue
    const found = packageOf(component, sbom.format)
    if (!found) {
      if (component.name === '') sbom.problems.push(`${component.ref.slice(0, 200)}: a package without a name`)
      continue
    }
    const key = `${found.purl}#${found.path}`
    const known = seen.get(key)
    if (!known) seen.set(key, found)
    byRef.set(component.ref, known ?? found)
  }
  const ids = new Set<string>()
  for (const found of seen.values()) {
    if (ids.has(found.id)) found.id = `${found.purl}#${found.path}`
    ids.add(found.id)
  }
  nameOwners(sbom, byRef)
  for (const found of seen.values())
    found.dependsOn = [...new Set(found.dependsOn.flatMap(ref => byRef.get(ref)?.id ?? []))]
  return [...seen.values()]
}

/** Which OS package owns the file that a language package was found in, told by that package's id in our reports, or by its place in the document. */
function nameOwners({ components }: Sbom, byRef: Map<string, Package>): void {
  for (const { ref, ownedBy } of components) {
    const owner = ownedBy === undefined ? undefined : byRef.get(ownedBy)
    const pkg = byRef.get(ref)
    if (pkg && owner && osTypes.has(owner.type) && !osTypes.has(pkg.type)) pkg.ownedBy = owner.id
  }
  const owned = components.flatMap(component => {
    const owner = ourFact(component, 'OwnedBy')
    return owner === undefined ? [] : [{ component, owner }]
  })
  if (owned.length === 0) return
  const byId = new Map(
    components.flatMap(({ ref, properties }) => {
      const id = properties.get('aquasecurity:trivy:PkgID')
      const pkg = byRef.get(ref)
      return id !== undefined && pkg !== undefined ? [[id, pkg.id] as const] : []
    }),
  )
  for (const { component, owner } of owned) {
    const pkg = byRef.get(component.ref)
    const id = byId.get(owner)
    if (pkg !== undefined && id !== undefined) pkg.ownedBy = id
  }
}

function readDocument(document: Json, depth: number): Sbom {
  if (depth > 4) throw new JennerError('limit_exceeded', 'an attestation inside an attestation inside …')
  if (document.bomFormat === 'CycloneDX') return readCycloneDx(document)
  if (asText(document.spdxVersion) !== '') return readSpdx2(document)
  if (Array.isArray(document['@graph'])) return readSpdx3(document)
  const { payload, predicate, predicateType } = document
  if (typeof payload === 'string') return attested(readText(Buffer.from(payload, 'base64').toString(), depth + 1))
  if (isSyft(document)) return readSyft(document)
  if (isSnapshot(document)) return readSnapshot(document)
  // GitHub's dependency graph export.
  if (asText(asObject(document.sbom).spdxVersion) !== '') return readSpdx2(asObject(document.sbom))
  if (document.dsseEnvelope) return attested(readDocument(asObject(document.dsseEnvelope), depth + 1))
  if (predicate && asText(predicateType) !== '') {
    const inner = asObject(predicate)
    // cosign wraps the document once more: `{ Data: {…} or "…" }`.
    const data = inner.Data
    if (typeof data === 'string') return attested(readText(data, depth + 1))
    return attested(readDocument(data ? asObject(data) : inner, depth + 1))
  }
  throw new JennerError('malformed', otherKind)
}

const otherKind = 'JSON, but neither CycloneDX, SPDX nor an attestation of one'

/** Whether what `readSbom` threw says that the document is whole, and about something else. */
export function isOfOtherKind(error: unknown): boolean {
  return error instanceof JennerError && error.detail === otherKind
}

function attested(sbom: Sbom): Sbom {
  return { ...sbom, attested: true }
}

const maxLines = 10_000

/** One JSON value; or JSON lines, of which the first that is an SBOM counts (in-toto bundles hold several attestations). */
function readJson(text: string, depth: number): Sbom {
  let failure: unknown
  try {
    return readDocument(asObject(JSON.parse(text)), depth)
  } catch (error) {
    if (error instanceof JennerError) throw error
    failure = error
  }
  for (const line of text.split('\n', maxLines)) {
    if (!line.startsWith('{')) continue
    try {
      return readDocument(asObject(JSON.parse(line)), depth)
    } catch (error) {
      // A line that is JSON and no SBOM says more than "not JSON".
      if (error instanceof JennerError) failure = error
    }
  }
  throw failure instanceof JennerError ? failure : new JennerError('malformed', 'not valid JSON', failure)
}

/** The first line that is no comment. */
function firstLine(text: string): string {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, Math.min(end < 0 ? text.length : end, at + 1000)).trim()
    if (line !== '' && !line.startsWith('#')) return line
    if (end < 0) break
    at = end + 1
  }
  return ''
}

function purlList(text: string): Sbom {
  const bad: number[] = []
  const components = text.split(/\r?\n/).flatMap((line, index): Component[] => {
    const purl = line.trim()
    if (purl === '' || purl.startsWith('#')) return []
    if (parsePurl(purl) === undefined) {
      bad.push(index + 1)
      return []
    }
    return [
      {
        ref: `line ${index + 1}`,
        kind: 'package',
        name: purl,
        version: '',
        purl,
        licenses: [],
        properties: new Map(),
        dependsOn: [],
      },
    ]
  })
  const problems = components.length === 0 ? ['no purl could be read'] : []
  if (bad.length > 0) problems.push(`${bad.length} lines are no purls, the first is line ${bad[0]}`)
  return { format: 'cyclonedx', components, problems }
}

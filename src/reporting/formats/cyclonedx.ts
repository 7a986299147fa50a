import { knownLicenseId, toLicenseExpression } from '../../base/licenses/expression.ts'
import type { Report } from '../../base/model/report.ts'
import { escapeProse } from '../../base/text.ts'
import { type Referenced, vulnerabilitiesOf } from './cyclonedx-vulnerabilities.ts'
import { ownFacts, wholeVersion } from './findings.ts'
import type { Render } from './format.ts'
import { parseDigest, reportUuid } from './ids.ts'
import { stringify } from './json.ts'

/** CycloneDX 1.6 JSON: components, what depends on what, and vulnerabilities. Properties that Trivy writes carry Trivy's names, so that its readers read ours. */
export const renderCycloneDx: Render = function* (report, { version }) {
  const root = `artifact:${reportUuid(report)}`
  const packages = referencedPackages(report)
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${reportUuid(report)}`,
    version: 1,
    metadata: {
      timestamp: report.CreatedAt,
      tools: { components: [{ type: 'application', name: 'jenner', version }] },
      component: rootComponent(report, root),
    },
    components: [...osComponents(report), ...packages.map(componentOf)],
    dependencies: dependenciesOf(root, report, packages),
    vulnerabilities: vulnerabilitiesOf(report, packages),
  }
  yield `${stringify(bom, 2)}\n`
}

const osRef = 'operating-system'

function referencedPackages(report: Report): Referenced[] {
  const used = new Set<string>()
  return report.Results.flatMap(result =>
    (result.Packages ?? []).map(pkg => {
      const wished = pkg.Identifier.PURL || pkg.ID || pkg.Name || 'package'
      let ref = wished
      for (let number = 2; used.has(ref); number++) ref = `${wished}#${number}`
      used.add(ref)
      return { ref, pkg, result }
    }),
  )
}

function rootComponent(report: Report, ref: string): object {
  const { ImageID, RepoTags, RepoDigests, DiffIDs } = report.Metadata
  const many = (name: string, values: string[] | undefined): object[] =>
    (values ?? []).map(value => property(name, value))
  const properties = [
    ...many('ImageID', ImageID ? [ImageID] : []),
    ...many('RepoTag', RepoTags),
    ...many('RepoDigest', RepoDigests),
    ...many('DiffID', DiffIDs),
  ]
  return {
    'bom-ref': ref,
    type: report.ArtifactType === 'container_image' ? 'container' : 'application',
    name: report.ArtifactName || 'unknown',
    ...(properties.length > 0 ? { properties } : {}),
  }
}

function osComponents(report: Report): object[] {
  const os = report.Metadata.OS
  if (os === undefined) return []
  return [
    {
      'bom-ref': osRef,
      type: 'operating-system',
      name: os.Family,
      version: os.Name,
      properties: [property('Class', 'os-pkgs'), property('Type', os.Family)],
    },
  ]
}

function componentOf({ ref, pkg, result }: Referenced): object {
  const digest = parseDigest(pkg.Digest)
  const licenses = licensesOf(pkg.Licenses ?? [])
  const facts: [string, string | undefined][] = [
    ['PkgID', pkg.ID],
    ['PkgType', result.Type],
    ['FilePath', pkg.FilePath],
    ['SrcName', pkg.SrcName],
    ['SrcVersion', pkg.SrcVersion],
    ['SrcRelease', pkg.SrcRelease],
    ['SrcEpoch', pkg.SrcEpoch?.toString()],
    ['Modularitylabel', pkg.Modularitylabel],
    ['LayerDigest', pkg.Layer?.Digest],
    ['LayerDiffID', pkg.Layer?.DiffID],
  ]
  return {
    'bom-ref': ref,
    type: 'library',
    ...(pkg.Maintainer ? { supplier: { name: pkg.Maintainer } } : {}),
    name: pkg.Name,
    version: wholeVersion(pkg),
    ...(digest ? { hashes: [{ alg: digest.cyclonedx, content: digest.value }] } : {}),
    ...(licenses.length > 0 ? { licenses } : {}),
    ...(pkg.Identifier.PURL ? { purl: pkg.Identifier.PURL } : {}),
    properties: [
      ...facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => property(name, value!)),
      ...ownFacts(pkg).map(([name, value]) => ({ name: `jenner:${name}`, value })),
    ],
  }
}

/** One expression where all is listed by SPDX; else licences by id or by the words as stated (1.6 allows one or the other). */
function licensesOf(statements: string[]): object[] {
  const found = toLicenseExpression(statements)
  if (found === undefined) return []
  if (found.references.size === 0 && / (AND|OR|WITH) /.test(found.expression)) return [{ expression: found.expression }]
  return [...new Set(statements)]
    .filter(text => text.trim() !== '')
    .map(text => {
      const id = knownLicenseId(text.trim())
      return { license: id === undefined ? { name: escapeProse(text) } : { id } }
    })
}

function property(name: string, value: string): { name: string; value: string } {
  return { name: `aquasecurity:trivy:${name}`, value }
}

function dependenciesOf(root: string, report: Report, packages: Referenced[]): object[] {
  const byId = new Map<unknown, Map<string, string>>()
  for (const { pkg, ref, result } of packages) byId.set(result, (byId.get(result) ?? new Map()).set(pkg.ID, ref))
  const anywhere = new Map(packages.map(({ pkg, ref }) => [pkg.ID, ref]))
  const needed = new Set<string>()
  const edges = packages.map(({ pkg, ref, result }) => {
    const refs = (pkg.DependsOn ?? []).map(id => byId.get(result)?.get(id) ?? anywhere.get(id))
    return { ref, dependsOn: [...new Set(refs)].filter(id => id !== undefined && id !== ref) }
  })
  for (const { dependsOn } of edges) for (const ref of dependsOn) needed.add(ref!)
  const os = report.Metadata.OS ? [osRef] : []
  const direct = packages.filter(({ ref, pkg }) => !needed.has(ref) || pkg.Relationship === 'direct')
  const inOs = ({ result }: Referenced): boolean => os.length > 0 && result.Class === 'os-pkgs'
  return [
    { ref: root, dependsOn: [...os, ...direct.filter(item => !inOs(item)).map(({ ref }) => ref)] },
    ...os.map(ref => ({ ref, dependsOn: direct.filter(inOs).map(item => item.ref) })),
    ...edges,
  ]
}

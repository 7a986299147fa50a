import type { Report, ReportVulnerability, SuppressedFinding } from '../../base/model/report.ts'
import { formatPurl } from '../../base/purl.ts'
import { escapeText } from '../../base/text.ts'
import type { Render } from './format.ts'
import { reportUuid } from './ids.ts'
import { stringify } from './json.ts'

/**
 * OpenVEX 0.2.0 (https://github.com/openvex/spec) of what the scan itself can vouch for: `not_affected` and `fixed` where a distribution's word, or whose package it
 * is, showed it; `affected` for what is reported, accepted risks among it; nothing that a VEX document said already. A risk that someone accepted is never called
 * `not_affected`: it is there.
 */
export const renderOpenVex: Render = function* (report, { version }) {
  const statements = new Map<string, Statement>()
  for (const finding of report.Suppressed) add(statements, report, suppressedStatement(finding), finding)
  for (const { Vulnerabilities = [] } of report.Results)
    for (const finding of Vulnerabilities) add(statements, report, foundStatement(finding), finding)
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `urn:uuid:${reportUuid(report)}`,
    author: 'jenner',
    role: 'scanner',
    timestamp: report.CreatedAt,
    version: 1,
    tooling: `jenner ${version}`,
    statements: [...statements.values()],
  }
  yield `${stringify(document, 2)}\n`
}

type Justification = 'component_not_present' | 'vulnerable_code_not_present' | 'vulnerable_code_not_in_execute_path'

interface Word {
  status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation'
  justification?: Justification
  impact_statement?: string
  action_statement?: string
  status_notes?: string
}

interface Statement extends Word {
  vulnerability: { name: string }
  products: object[]
}

function add(
  statements: Map<string, Statement>,
  report: Report,
  word: Word | undefined,
  { VulnerabilityID, PkgIdentifier }: Pick<SuppressedFinding, 'VulnerabilityID' | 'PkgIdentifier'>,
): void {
  if (!word) return
  const key = JSON.stringify([VulnerabilityID, word])
  const known = statements.get(key)
  const purl = escapeText(PkgIdentifier.PURL)
  const image = imageOf(report)
  if (!known) {
    const products = image ? [{ '@id': image, subcomponents: [{ '@id': purl }] }] : [{ '@id': purl }]
    statements.set(key, { vulnerability: { name: escapeText(VulnerabilityID) }, products, ...word })
    return
  }
  const listed = image ? (known.products[0] as { subcomponents: object[] }).subcomponents : known.products
  if (!listed.some(one => (one as { '@id': string })['@id'] === purl)) listed.push({ '@id': purl })
}

/** `pkg:oci/app@sha256:…?repository_url=registry.example/app`; an image without a digest of a registry goes by its configuration's. */
function imageOf({ ArtifactType, ArtifactName, Metadata }: Report): string | undefined {
  if (ArtifactType !== 'container_image') return undefined
  const [repository = '', digest] = escapeText(Metadata.RepoDigests?.[0] ?? ArtifactName).split('@', 2)
  const bare = digest ? repository : repository.replace(/:[^/:]*$/, '')
  const name = bare.slice(bare.lastIndexOf('/') + 1).replace(/\.(?:tar|tgz|tar\.gz)$/, '') || 'image'
  const version = digest ?? (Metadata.ImageID && escapeText(Metadata.ImageID))
  return formatPurl({
    type: 'oci',
    name: name.toLowerCase(),
    ...(version && { version }),
    ...(digest && { qualifiers: { repository_url: bare } }),
  })
}

function suppressedStatement({ Class, Reason, Source, Statement = '' }: SuppressedFinding): Word | undefined {
  if (Class !== undefined) return undefined
  const said = escapeText(`${Source}: ${Statement}`)
  if (Reason === 'ignored')
    return { status: 'affected', action_statement: 'No action: the risk is accepted.', status_notes: said }
  if (Reason === 'unfixed') return { status: 'affected', action_statement: 'No fix is known.' }
  if (Reason === 'status') return { status: 'affected', action_statement: 'Left out of the report by its status.' }
  if (Reason === 'severity') return { status: 'affected', action_statement: 'Left out of the report by its severity.' }
  if (Reason === 'not_affected')
    return /\bfixed\b/.test(Statement)
      ? { status: 'fixed', status_notes: said }
      : { status: 'not_affected', justification: 'vulnerable_code_not_present', impact_statement: said }
  // What is reported at the package that owns the file is no statement about that file alone.
  if (Reason === 'owned_by_os_package' && /reported there$/.test(Statement)) return undefined
  const justification = justifications.get(Reason)
  return justification && { status: 'not_affected', justification, impact_statement: said }
}

const justifications = new Map<string, Justification>([
  ['owned_by_os_package', 'vulnerable_code_not_present'],
  ['not_linked', 'vulnerable_code_not_present'],
  ['third_party_package', 'component_not_present'],
  ['kernel_headers', 'component_not_present'],
])

/** `InUse` is set by who watched the workload run; without it nothing is known of that, and that is not "no". */
function foundStatement({ Status, FixedVersion, InUse, Evidence }: ReportVulnerability): Word {
  const said = escapeText(`${Evidence.source}: ${Evidence.advisory}`)
  if (InUse === false)
    return {
      status: 'not_affected',
      justification: 'vulnerable_code_not_in_execute_path',
      impact_statement: `The package was not loaded while the workload was watched (${said}).`,
    }
  if (Status === 'under_investigation') return { status: 'under_investigation', status_notes: said }
  const action = FixedVersion ? `Update to ${escapeText(FixedVersion)}.` : 'No fix is known.'
  return { status: 'affected', action_statement: action, status_notes: said }
}

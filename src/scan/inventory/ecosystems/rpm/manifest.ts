import { JennerError } from '../../../../base/errors.ts'
import type { ContentFile, Extractor, FactView, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { sourceOf } from './package.ts'

const folder = 'var/lib/rpmmanifest'

/**
 * The list that distroless images of Azure Linux and CBL-Mariner keep in place of a database. `container-manifest-2`, a line a package:
 * `name TAB version-release TAB installTime TAB buildTime TAB vendor TAB (none) TAB size TAB arch TAB epoch TAB sourceRpm`;
 * `container-manifest-1`: `name-version-release.arch`, used only where the other is not.
 */
export const rpmqa: Extractor = {
  id: 'rpmqa',
  revision: 1,
  stage: 'installed',
  patterns: [{ path: `${folder}/container-manifest-1` }, { path: `${folder}/container-manifest-2` }],
  parse: parseManifest,
  assemble: assembleManifests,
}

function parseManifest(file: ContentFile, problem: ReportProblem = () => {}): FoundPackage[] {
  const lines = file
    .text()
    .split('\n')
    .filter(line => line.trim() !== '')
  const parse = file.path.endsWith('-1') ? parseName : parseFields
  const packages: FoundPackage[] = []
  let bad = 0
  for (const line of lines) {
    const found = parse(line)
    if (found !== undefined) packages.push(found)
    else bad++
  }
  if (bad > 0 && packages.length === 0) throw new JennerError('malformed', `none of ${bad} lines is a package`)
  if (bad > 0) problem('malformed', `${bad} of ${lines.length} lines are no package`)
  return packages
}

function parseFields(line: string): FoundPackage | undefined {
  const [name, release, installTime, , vendor, , , arch, epoch, sourceRpm] = line.split('\t').map(stated)
  if (name === undefined || release === undefined || !release.includes('-')) return undefined
  if (name === 'gpg-pubkey') return undefined
  const source = sourceOf(sourceRpm)
  const extra: Record<string, string> = {}
  if (sourceRpm !== undefined) extra.srcRpm = sourceRpm
  if (installTime !== undefined) extra.installTime = installTime
  return {
    name,
    version: epoch === undefined || epoch === '0' ? release : `${epoch}:${release}`,
    licenses: [],
    ...(arch === undefined ? {} : { arch }),
    ...(vendor === undefined ? {} : { maintainer: vendor }),
    ...(source === undefined ? {} : { source }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

const stated = (field: string) => (field.trim() === '' || field.trim() === '(none)' ? undefined : field.trim())

function parseName(line: string): FoundPackage | undefined {
  const text = line.trim()
  const dot = text.lastIndexOf('.')
  const named = dot < 0 ? undefined : sourceOf(`${text.slice(0, dot)}.src.rpm`)
  return named && { name: named.name, version: named.version, arch: text.slice(dot + 1), licenses: [] }
}

function assembleManifests(view: FactView<FoundPackage[]>): FoundPackage[] {
  const path = [2, 1]
    .map(kind => `${folder}/container-manifest-${kind}`)
    .find(path => (view.get(path)?.length ?? 0) > 0)
  return path === undefined ? [] : view.get(path)!.map(item => ({ ...item, path }))
}

import { existsSync } from 'node:fs'
import { JennerError } from '../base/errors.ts'
import { translate } from '../base/i18n/translate.ts'
import type { Advisories } from '../base/model/advisory.ts'
import type { BaseImage } from '../base/model/base-image.ts'
import type { IncompleteCode, Inventory } from '../base/model/inventory.ts'
import type { Report } from '../base/model/report.ts'
import { match } from './advisories/match/match.ts'
import { adviseBases, type BaseFinding } from './base-image/advise.ts'
import { isFromBase, recogniseBase } from './base-image/recognise.ts'
import type { ScanOptions, ScanTarget } from './options.ts'

export type ReadInventory = (target: ScanTarget, options: ScanOptions) => Promise<Inventory>

/**
 * Judges other bases (`options.compareBases`: images, or files that hold one) beside the one that a scanned image is built on, against the same advisories:
 * `Metadata.BaseAdvice` tells which removes how many findings. What cannot be read, and an image whose base is not known, is under `Incomplete`.
 */
export async function compareBases(
  report: Report,
  inventory: Inventory,
  advisories: Advisories,
  options: ScanOptions,
  read: ReadInventory,
): Promise<Report> {
  const names = options.compareBases ?? []
  const missing = (path: string, code: IncompleteCode, detail: string) => ({
    path,
    code,
    reason: `${translate('en', `incomplete.${code}`)}: ${detail}`,
  })
  const base = recogniseBase(inventory, options.baseImages ?? [])
  if (!base) {
    const detail = 'the base is not known, there is nothing to compare others with'
    return { ...report, Incomplete: [...report.Incomplete, missing(report.ArtifactName, 'skipped', detail)] }
  }
  const others: Inventory[] = []
  const problems: Report['Incomplete'] = []
  for (const name of names)
    try {
      others.push(named(await read(targetOf(name), options), name))
    } catch (error) {
      options.signal?.throwIfAborted()
      if (!(error instanceof JennerError)) throw error
      problems.push(missing(name, 'unreadable', error.detail))
    }
  const now = options.now ?? new Date()
  const findingsOf = (one: Inventory) => match(one, advisories, { now }).findings.map(findingOf)
  const advice = adviseBases(baseOf(inventory, base), others, findingsOf)
  return {
    ...report,
    Incomplete: [...report.Incomplete, ...problems],
    Metadata: {
      ...report.Metadata,
      BaseAdvice: advice.map(({ name, digest, kind, removes, removesBySeverity, adds, remaining, size }) => ({
        Name: name,
        ...(digest && { Digest: digest }),
        Kind: kind,
        Removes: removes,
        RemovesBySeverity: removesBySeverity,
        Adds: adds,
        Remaining: remaining,
        ...(size !== undefined && { Size: size }),
      })),
    },
  }
}

function targetOf(name: string): ScanTarget {
  return { kind: existsSync(name) ? 'archive' : 'image', name }
}

/** Under the name it was asked for: that is what a reader will write into FROM. */
function named(inventory: Inventory, name: string): Inventory {
  return { ...inventory, artifact: { ...inventory.artifact, name, repoTags: [name] } }
}

/** What came with the base, as an image of its own. */
export function baseOf(inventory: Inventory, base: BaseImage): Inventory {
  const { artifact, packages } = inventory
  const layers = artifact.layers.slice(0, base.layers)
  const name = base.name ?? ''
  const size = layers.reduce((sum, layer) => sum + layer.size, 0)
  return {
    ...inventory,
    artifact: { ...artifact, name, repoTags: name === '' ? [] : [name], repoDigests: [], layers, size },
    packages: packages.filter(pkg => isFromBase(pkg, base) === true),
  }
}

function findingOf({ id, package: pkg, severity }: ReturnType<typeof match>['findings'][number]): BaseFinding {
  return { id, packageName: pkg.name, severity }
}

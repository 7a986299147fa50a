import type { Distro } from '../../base/model/distro.ts'
import type { Ecosystem } from '../../base/model/ecosystem.ts'
import type { LayerRef, Package } from '../../base/model/package.ts'
import { assemblePackages, type Finding } from './assemble.ts'
import { completePackages } from './complete.ts'
import type { Dispatch } from './dispatch.ts'
import { withoutDoubles } from './doubles.ts'
import { elfNote } from './ecosystems/generic/elf-note.ts'
import type { LayerFacts, Problem } from './layer-facts.ts'
import { createResolver, type Resolve, survivingSymlinks } from './links.ts'
import { mergeFacts } from './merge.ts'
import { detectDistro, osReleaseExtractor } from './os-release/detect.ts'
import type { Overlay } from './overlay.ts'
import { markOwners } from './ownership.ts'
import { isThirdParty } from './third-party.ts'

export interface BuildInput {
  ecosystems: readonly Ecosystem[]
  dispatch: Dispatch
  /** From the base. Aliased facts (links.ts) stand among those of the layer that holds their bytes. */
  layers: readonly LayerFacts[]
  overlay: Overlay
  /** What the artifact calls its layers; empty for folders. */
  refs: readonly LayerRef[]
  skip?: (path: string) => boolean
  includeDevelopment?: boolean
  /** Keep the paths that OS packages own; by default they are dropped once ownership is known. */
  keepFiles?: boolean
}

/** The packages of an artifact, out of the facts of its layers. Pure. */
export function buildPackages(input: BuildInput): { os?: Distro; packages: Package[]; problems: Problem[] } {
  const { ecosystems, dispatch, layers, overlay, refs } = input
  const merged = mergeFacts(layers, overlay, input.skip ? { skip: input.skip } : {})
  const os = detectDistro(merged.get(osReleaseExtractor.id)?.current)
  const problems: Problem[] = []
  const findings: Finding[] = []
  for (const extractor of dispatch.extractors) {
    const facts = merged.get(extractor.id)
    if (!facts || extractor === osReleaseExtractor || facts.current.size === 0) continue
    const result = assemblePackages(extractor, facts, os)
    for (const found of result.findings) findings.push(refs.length > 0 ? found : { ...found, layer: undefined })
    for (const problem of result.problems) problems.push(problem)
  }
  const types = new Map(ecosystems.flatMap(({ type, extractors }) => extractors.map(({ id }) => [id, type])))
  const completed = completePackages(findings, id => types.get(id) ?? 'generic', refs, os)
  const packages =
    input.includeDevelopment === false ? completed.packages.filter(p => !p.development) : completed.packages
  judgeOwnership(packages, ecosystems, createResolver(survivingSymlinks(layers, overlay)))
  if (!input.keepFiles) for (const pkg of packages) delete pkg.files
  return { ...(os && { os }), packages: withoutDoubles(packages), problems: [...problems, ...completed.problems] }
}

function judgeOwnership(packages: Package[], ecosystems: readonly Ecosystem[], resolve: Resolve): void {
  const osTypes = new Set(ecosystems.filter(e => e.class === 'os-pkgs').map(({ type }) => type))
  const isOsPackage = ({ type }: Package) => osTypes.has(type)
  // RPM's own extractor judges the Vendor, which there names the distribution itself.
  for (const pkg of packages) if (isOsPackage(pkg) && pkg.type !== 'rpm' && isThirdParty(pkg)) pkg.thirdParty ??= true
  // A program that says of which package it was built is no package database: it may have an owner itself.
  const isOwner = (pkg: Package) => isOsPackage(pkg) && pkg.foundBy !== elfNote.id
  markOwners(packages, isOwner, resolve)
}

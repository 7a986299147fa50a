import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { addTo, createFacet, type Facet, type FacetLimits, findKey } from './facet.ts'
import { advance, type Learning, noteObservation, slotLength, startLearning } from './learning.ts'
import { createModel, learnCall, type NgramModel, order, surprise } from './ngram.ts'
import { type FacetName, facetNames, type Observation, observationsOf } from './observations.ts'

/** What the containers of one image do. Everything in it is bounded: see `facetLimits`. */
export interface Profile {
  /** `sha256:…` of the image's configuration. */
  image: string
  /** The image as it was started, for people: `nginx:1.25`. */
  name?: string
  facets: Record<FacetName, Facet>
  learning: Learning
  /** By program: its calls in their order. */
  models: Map<string, NgramModel>
}

/** Memory: some 150 bytes an entry, so at most 3 MB a profile beside its models. */
export const facetLimits: Readonly<Record<FacetName, FacetLimits>> = {
  executable: { entries: 2000, fanOut: 200 },
  child: { entries: 4000, fanOut: 100 },
  argument: { entries: 6000, fanOut: 100 },
  write: { entries: 4000, fanOut: 50 },
  listen: { entries: 500, fanOut: 500 },
  peer: { entries: 4000, fanOut: 32 },
  syscall: { entries: 600, fanOut: 600 },
  capability: { entries: 64, fanOut: 64 },
  user: { entries: 500, fanOut: 500 },
}
const maxModels = 100
const maxHistories = 4096

export function createProfile(image: string, time: bigint): Profile {
  const facets = Object.fromEntries(facetNames.map(name => [name, createFacet()])) as Profile['facets']
  return { image, facets, learning: startLearning(slotOf(time)), models: new Map() }
}

/** What an event would add to a profile; `slot` is its time. */
export interface Delta {
  slot: number
  observations: Observation[]
  /** Those that the profile does not know. */
  unknown: Observation[]
}

/** What an event says beside what the profile knows. Pure: `apply` learns it, `deviationOf` judges it. */
export function observe(profile: Profile, event: RuntimeEvent): Delta {
  const observations = observationsOf(event)
  const unknown = observations.filter(({ facet, ladder }) => findKey(profile.facets[facet], ladder) === undefined)
  return { slot: slotOf(event.time), observations, unknown }
}

/** Learns a delta. Changes the profile; answers whether learning is over now. */
export function apply(profile: Profile, delta: Delta): boolean {
  const { learning } = profile
  for (const { facet: name, ladder } of delta.observations) {
    const facet = profile.facets[name]
    const known = findKey(facet, ladder)
    const counted = known !== undefined && facet.entries.get(known)!.last === delta.slot
    const added = addTo(facet, ladder, delta.slot, facetLimits[name])
    if (!counted) noteObservation(learning, `${name} ${known ?? ladder[0]}`, added !== undefined)
  }
  advance(learning, delta.slot)
  return learning.done
}

/** The last calls of each process, bounded; one for all profiles. */
export interface Histories {
  byProcess: Map<string, string[]>
}

export function createHistories(): Histories {
  return { byProcess: new Map() }
}

/** Bits of surprise of an event for its program's model; learns it when told to. Undefined where there is no model. */
export function followCalls(
  profile: Profile,
  histories: Histories,
  event: RuntimeEvent,
  learn: boolean,
): number | undefined {
  const { process, type } = event
  const key = `${process.pid} ${process.startedAt}`
  const history = histories.byProcess.get(key) ?? []
  const program = process.exepath
  let model = profile.models.get(program)
  if (model === undefined && learn && profile.models.size < maxModels) {
    model = createModel()
    profile.models.set(program, model)
  }
  const bits = model === undefined ? undefined : surprise(model, history, type)
  if (model !== undefined && learn) learnCall(model, history, type)
  histories.byProcess.delete(key)
  if (histories.byProcess.size >= maxHistories) histories.byProcess.delete(histories.byProcess.keys().next().value!)
  histories.byProcess.set(key, [...history.slice(-(order - 2)), type])
  return bits
}

function slotOf(time: bigint): number {
  return Number(time / slotLength)
}

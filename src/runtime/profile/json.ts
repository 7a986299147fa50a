import { isObject, itemsAt, own, parseJsonObject, stringAt } from '../../base/json.ts'
import { createFacet, type Entry, type Facet, putEntry } from './facet.ts'
import { type Learning, startLearning } from './learning.ts'
import { createModel, type NgramModel } from './ngram.ts'
import { facetNames } from './observations.ts'
import { createProfile, facetLimits, type Profile } from './profile.ts'

const version = 1
const maxText = 64 * 1024 * 1024
const maxKey = 4096
const maxLadder = 6
const maxModels = 100
const maxContexts = 4096
const maxCalls = 600

/** A profile as JSON, whole: what is read back learns on where this one stood. Keys are sorted, so that equal profiles are equal texts. */
export function exportProfile(profile: Profile): string {
  const facets = Object.fromEntries(facetNames.map(name => [name, facetJson(profile.facets[name])]))
  const models = sorted(profile.models).map(([program, model]) => [program, modelJson(model)])
  const learning = { ...profile.learning, once: [...profile.learning.once].sort() }
  const { image, name } = profile
  return `${JSON.stringify({ version, image, ...(name !== undefined && { name }), learning, facets, models })}\n`
}

/** Reads what `exportProfile` wrote. The text may be anyone's: a string says what is wrong with it; nothing beyond a profile's limits is taken in. */
export function importProfile(text: string): Profile | string {
  if (text.length > maxText) return `larger than ${maxText} characters`
  let value: Record<string, unknown>
  try {
    value = parseJsonObject(text)
  } catch {
    return 'not a JSON object'
  }
  if (own(value, 'version') !== version) return `version ${String(own(value, 'version')).slice(0, 20)} is not known`
  const image = stringAt(value, 'image')
  if (image === undefined || image === '' || image.length > maxKey) return 'no image'
  const profile = createProfile(image, 0n)
  const name = stringAt(value, 'name')
  if (name !== undefined) profile.name = name.slice(0, maxKey)
  const learning = readLearning(own(value, 'learning'))
  if (learning === undefined) return 'no state of learning'
  profile.learning = learning
  for (const name of facetNames) {
    const facet = readFacet(own(own(value, 'facets'), name), facetLimits[name].entries)
    if (typeof facet === 'string') return `${name}: ${facet}`
    profile.facets[name] = facet
  }
  const models = readModels(itemsAt(value, 'models'))
  if (typeof models === 'string') return models
  profile.models = models
  return profile
}

function facetJson(facet: Facet): unknown {
  const entries = sorted(facet.entries).map(([key, { count, first, last, up }]) => [key, count, first, last, up])
  return { overflow: facet.overflow, entries }
}

function modelJson(model: NgramModel): unknown {
  const contexts = sorted(model.contexts).map(([key, context]) => [key, sorted(context.next)])
  return { overflow: model.overflow, contexts }
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

function readFacet(value: unknown, limit: number): Facet | string {
  const facet = createFacet()
  const entries = itemsAt(value, 'entries')
  if (!isObject(value) || !isCount(own(value, 'overflow'))) return 'absent or malformed'
  // A collapse may put its general key in when the facet is full.
  if (entries.length > limit + maxLadder) return `more than ${limit} entries`
  facet.overflow = own(value, 'overflow') as number
  for (const item of entries) {
    const entry = readEntry(item)
    if (entry === undefined || facet.entries.has(entry.key)) return 'a malformed or repeated entry'
    putEntry(facet, entry.key, entry.entry)
  }
  return facet
}

function readEntry(item: unknown): { key: string; entry: Entry } | undefined {
  if (!Array.isArray(item) || item.length !== 5) return undefined
  const [key, count, first, last, up] = item as unknown[]
  if (!isKey(key) || !isCount(count) || !isCount(first) || !isCount(last)) return undefined
  if (!Array.isArray(up) || up.length > maxLadder || !up.every(isKey)) return undefined
  return { key, entry: { count, first, last, up } }
}

function readLearning(value: unknown): Learning | undefined {
  if (!isObject(value)) return undefined
  const state: Learning = startLearning(0)
  for (const name of ['windowStart', 'windowLength', 'observed', 'unknown', 'quietWindows', 'windows'] as const) {
    const number = own(value, name)
    if (!isCount(number)) return undefined
    state[name] = number
  }
  const [done, mass, once] = [own(value, 'done'), own(value, 'unseenMass'), itemsAt(value, 'once')]
  if (typeof done !== 'boolean' || typeof mass !== 'number' || !(mass >= 0 && mass <= 1)) return undefined
  if (once.length > 20_000 || !once.every(isKey) || state.windowLength < 1) return undefined
  return { ...state, done, unseenMass: mass, once: new Set(once) }
}

function readModels(items: unknown[]): Map<string, NgramModel> | string {
  const models = new Map<string, NgramModel>()
  if (items.length > maxModels) return `more than ${maxModels} models`
  for (const item of items) {
    const [program, value] = Array.isArray(item) ? (item as unknown[]) : []
    const model = isKey(program) ? readModel(value) : undefined
    if (!isKey(program) || model === undefined) return 'a malformed model'
    models.set(program, model)
  }
  return models
}

function readModel(value: unknown): NgramModel | undefined {
  const model = createModel()
  const contexts = itemsAt(value, 'contexts')
  const overflow = own(value, 'overflow')
  if (!isCount(overflow) || contexts.length > maxContexts) return undefined
  model.overflow = overflow
  for (const item of contexts) {
    const [key, calls] = Array.isArray(item) ? (item as unknown[]) : []
    if (typeof key !== 'string' || key.length > maxKey || !Array.isArray(calls) || calls.length > maxCalls)
      return undefined
    const next = new Map<string, number>()
    for (const pair of entriesOfPairs(calls)) {
      if (pair === undefined) return undefined
      next.set(...pair)
    }
    model.contexts.set(key, { next, total: [...next.values()].reduce((sum, count) => sum + count, 0) })
  }
  return model
}

function entriesOfPairs(items: unknown[]): ([string, number] | undefined)[] {
  return items.map(item => {
    const [key, count] = Array.isArray(item) ? (item as unknown[]) : []
    return isKey(key) && isCount(count) && count > 0 ? [key, count] : undefined
  })
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxKey
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

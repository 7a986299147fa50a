import type { DatabaseInfo } from '../../base/model/advisory.ts'
import type { Scanner } from '../../base/model/content.ts'
import type { Db, Store } from '../db/open.ts'
import { createTurn } from '../db/turn.ts'
import type { Bus } from '../live/bus.ts'
import type { SettingsStore } from '../settings.ts'
import { sumComponents, sumFlaws } from './aggregate.ts'
import { applyJudged, confirmJudged, verdictOf } from './apply.ts'
import type { DecisionFacts } from './decide.ts'
import { decisionsInForce, type Redecided, redecide, workloadsOf } from './decided.ts'
import { readInventory } from './inventory.ts'
import { type Judged, nameOf } from './judged.ts'
import { createJudges } from './judges.ts'
import { forgetImage, keepInventory } from './keep.ts'
import { countRunning, tellReach } from './reach.ts'
import { joinUse } from './use.ts'

/** What a new judgement of everything brought. */
export interface Rejudged {
  images: number
  packages: number
  added: number
  removed: number
  milliseconds: number
  by: string
}

/**
 * Verdicts about what is stored. Each change is made in its turn and its sums after it, so that the lists are right when a call has ended.
 */
export interface Verdicts {
  /** Keeps an image's facts and judges them. Throws JennerError malformed. */
  scanned(imageId: string, inventory: unknown): Promise<void>
  /** Judges all that is stored by the advisories as they are now, without reading an image. */
  rejudge(onProgress?: (done: number, total: number) => void): Promise<Rejudged>
  /** Takes all sums anew: the last server may have died between a finding and its sum. */
  sumAll(): Promise<void>
  /** Containers of these images started, stopped, or are reached in another way. */
  ran(imageIds: readonly string[]): Promise<void>
  /** Files of these images were opened, or time passed. */
  used(imageIds: readonly string[]): Promise<void>
  decided(decision: DecisionFacts): Promise<Redecided>
  forget(imageId: string): Promise<void>
  /** The advisories that were opened last. */
  info(): DatabaseInfo | undefined
  /** Opens them as they are now. */
  reopen(): Promise<DatabaseInfo>
  /** Grows with every change of findings: what was summed up before is old. */
  version(): number
  close(): Promise<void>
}

interface Needs {
  store: Store
  db: Db
  now: () => number
  bus: Bus
  settings: SettingsStore
  advisories: { db?: string; cacheDir?: string }
}

const part = 500
/** Images whose findings are as they were are told of in one transaction. */
const together = 25

/** What a judge said of an image, and of which of its inventories. */
interface Facts {
  imageId: string
  at: number
  judged: Judged
}

export function createVerdicts(context: Needs): Verdicts {
  const { store, db, now, bus, settings } = context
  const judges = createJudges(context.advisories)
  const turn = createTurn()
  let known: DatabaseInfo | undefined
  let version = 1
  const turned = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = await turn()
    try {
      return await work()
    } finally {
      done()
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    turned(() =>
      work().finally(() => {
        version++
      }),
    )
  const reopen = async () => {
    known = await judges.open()
    return known
  }
  const sum = async (names: Iterable<string>, components: Iterable<number>) => {
    await sumFlaws(store, [...names], breath)
    await sumComponents(store, [...components], breath)
  }
  /** Judged without holding anybody up; only storing is in turn. */
  const judgeFacts = async (imageId: string, whole = false): Promise<Facts | undefined> => {
    const row = await db
      .selectFrom('inventories')
      .innerJoin('images', 'images.id', 'inventories.image_id')
      .select(['body', 'at', 'verdict'])
      .where('image_id', '=', imageId)
      .executeTakeFirst()
    if (!row) return undefined
    const digest = whole ? '' : row.verdict.split(':')[0]
    const judged = await judges.judge(row.body, settings.get().scan.scanners as Scanner[], now(), digest)
    return { imageId, at: row.at, judged }
  }
  const keepVerdict = async ({ imageId, at, judged }: Facts) => {
    const image = (await imagesOf(db, [imageId])).get(imageId)
    // Read again or forgotten meanwhile: what was judged is of the past.
    if (image?.at !== at) return undefined
    const decisions = await decisionsInForce(db, now())
    const applied = await applyJudged(store, image, judged, decisions, now(), verdictOf(judged, image, decisions))
    return { ...applied, packages: image.packages }
  }
  /** Of images with the same findings as before: answers how many packages that were, and which images must be judged in whole since something else is not as it was. */
  const confirm = async (facts: readonly Facts[]) => {
    const images = await imagesOf(
      db,
      facts.map(one => one.imageId),
    )
    const decisions = await decisionsInForce(db, now())
    const same: { id: string; judged: Judged }[] = []
    const again: string[] = []
    let packages = 0
    for (const { imageId, at, judged } of facts) {
      const image = images.get(imageId)
      if (image?.at !== at) continue
      if (image.verdict === verdictOf(judged, image, decisions)) {
        same.push({ id: imageId, judged })
        packages += image.packages
      } else again.push(imageId)
    }
    await confirmJudged(store, same)
    return { images: same.length, packages, again }
  }
  const scanned = async (imageId: string, value: unknown) => {
    const inventory = readInventory(value)
    const touched = await keepInventory(store, imageId, inventory, now())
    if (!known) await reopen()
    const facts = await judgeFacts(imageId)
    const applied = facts && (await keepVerdict(facts))
    await countRunningOf(imageId)
    const used = await joinUse(store, imageId, now())
    await sum([...(applied?.names ?? []), ...used.names], [...touched, ...used.components])
    bus.emit('image', imageId)
  }
  const countRunningOf = async (imageId: string) => {
    if (!imageId.startsWith('host:')) await countRunning(store, [imageId])
    await tellReach(store, imageId)
  }
  const rejudge = async (onProgress?: (done: number, total: number) => void): Promise<Rejudged> => {
    const began = performance.now()
    const info = await reopen()
    const ids = await db.selectFrom('inventories').select('image_id').orderBy('image_id').execute()
    const out = { images: 0, packages: 0, added: 0, removed: 0 }
    const names = new Set<string>()
    const components = new Set<number>()
    const apply = async (facts: Facts | undefined) => {
      const applied = facts && (await inTurn(() => keepVerdict(facts)))
      if (!applied) return
      for (const name of applied.names) names.add(name)
      for (const component of applied.components) components.add(component)
      out.images++
      out.packages += applied.packages
      out.added += applied.added
      out.removed += applied.removed
    }
    let same: Facts[] = []
    const confirmSame = async () => {
      const facts = same
      same = []
      const { images, packages, again } = await turned(() => confirm(facts))
      out.images += images
      out.packages += packages
      for (const id of again) await apply(await judgeFacts(id, true))
    }
    // One is judged in its thread while the last one is stored.
    let next = ids[0] && judgeFacts(ids[0].image_id)
    for (const [i] of ids.entries()) {
      const facts = await next
      const after = ids[i + 1]
      next = after && judgeFacts(after.image_id)
      next?.catch(() => {})
      if (facts?.judged.same) same.push(facts)
      else await apply(facts)
      if (same.length >= together || !after) await confirmSame()
      onProgress?.(i + 1, ids.length)
    }
    await sumInParts([...names], [...components])
    bus.emit('image')
    return { ...out, milliseconds: Math.round(performance.now() - began), by: nameOf(info) }
  }
  /** Others go in between. */
  const sumInParts = async (names: readonly string[], components: readonly number[]) => {
    for (let at = 0; at < names.length; at += part) await inTurn(() => sum(names.slice(at, at + part), []))
    for (let at = 0; at < components.length; at += part) await inTurn(() => sum([], components.slice(at, at + part)))
  }
  const sumAll = async () => {
    const found = await db
      .selectFrom('findings')
      .select('name')
      .distinct()
      .where('kind', '=', 'vulnerability')
      .execute()
    const summed = await db.selectFrom('vulnerabilities').select('id').execute()
    const components = await db.selectFrom('components').select('id').execute()
    await sumInParts(
      [...new Set([...found.map(row => row.name), ...summed.map(row => row.id)])],
      components.map(row => row.id),
    )
  }
  return {
    scanned: (imageId, inventory) => inTurn(() => scanned(imageId, inventory)),
    rejudge,
    sumAll,
    ran: imageIds =>
      inTurn(async () => {
        const names = new Set<string>()
        for (const id of await countRunning(store, imageIds)) {
          for (const name of await tellReach(store, id)) names.add(name)
          bus.emit('image', id)
          await breath()
        }
        await sumFlaws(store, [...names], breath)
      }),
    used: imageIds =>
      inTurn(async () => {
        for (const id of imageIds) {
          const used = await joinUse(store, id, now())
          await sum(used.names, used.components)
          if (used.names.length > 0) bus.emit('image', id)
          await breath()
        }
      }),
    decided: decision =>
      inTurn(async () => {
        const out = await redecide(store, decision, now())
        await sum(out.names, out.components)
        for (const id of out.images) bus.emit('image', id)
        return out
      }),
    forget: imageId =>
      inTurn(async () => {
        const { names, components } = await forgetImage(db, imageId)
        await sum(names, components)
        bus.emit('image', imageId)
      }),
    info: () => known,
    reopen,
    version: () => version,
    close: () => judges.close(),
  }
}

async function imagesOf(db: Db, ids: readonly string[]) {
  const rows = await db
    .selectFrom('inventories')
    .innerJoin('images', 'images.id', 'inventories.image_id')
    .select(['images.id', 'at', 'names', 'running', 'reach', 'packages', 'verdict'])
    .where('images.id', 'in', ids)
    .execute()
  const workloads = await workloadsOf(db, ids)
  return new Map(
    rows.map(row => [
      row.id,
      { ...row, names: JSON.parse(row.names) as string[], workloads: workloads.get(row.id) ?? [] },
    ]),
  )
}

/** Lets whoever waits go first. */
function breath(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

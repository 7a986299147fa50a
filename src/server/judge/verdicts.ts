import type { DatabaseInfo } from '../../base/model/advisory.ts'
import type { Scanner } from '../../base/model/content.ts'
import type { Db, Store } from '../db/open.ts'
import { createTurn } from '../db/turn.ts'
import type { Bus } from '../live/bus.ts'
import type { SettingsStore } from '../settings.ts'
import { sumComponents, sumFlaws } from './aggregate.ts'
import { applyJudged } from './apply.ts'
import type { DecisionFacts } from './decide.ts'
import { decisionsInForce, type Redecided, redecide, workloadsOf } from './decided.ts'
import { readInventory } from './inventory.ts'
import { nameOf } from './judged.ts'
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

export function createVerdicts(context: Needs): Verdicts {
  const { store, db, now, bus, settings } = context
  const judges = createJudges(context.advisories)
  const turn = createTurn()
  let known: DatabaseInfo | undefined
  let version = 1
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = await turn()
    try {
      return await work()
    } finally {
      version++
      done()
    }
  }
  const reopen = async () => {
    known = await judges.open()
    return known
  }
  const sum = async (names: Iterable<string>, components: Iterable<number>) => {
    await sumFlaws(store, [...names], breath)
    await sumComponents(store, [...components], breath)
  }
  const judgeOne = async (imageId: string, decisions: readonly DecisionFacts[], workloads: string[][]) => {
    const row = await db
      .selectFrom('inventories')
      .innerJoin('images', 'images.id', 'inventories.image_id')
      .select(['body', 'names', 'running', 'reach', 'packages'])
      .where('image_id', '=', imageId)
      .executeTakeFirst()
    if (!row) return undefined
    const judged = await judges.judge(row.body, settings.get().scan.scanners as Scanner[], now())
    const image = {
      id: imageId,
      running: row.running,
      reach: row.reach,
      names: JSON.parse(row.names) as string[],
      workloads,
    }
    return { ...(await applyJudged(store, image, judged, decisions, now())), packages: row.packages }
  }
  const scanned = async (imageId: string, value: unknown) => {
    const inventory = readInventory(value)
    const touched = await keepInventory(store, imageId, inventory, now())
    const workloads = await workloadsOf(db, [imageId])
    if (!known) await reopen()
    const applied = await judgeOne(imageId, await decisionsInForce(db, now()), workloads.get(imageId) ?? [])
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
    const decisions = await decisionsInForce(db, now())
    const workloads = await workloadsOf(
      db,
      ids.map(row => row.image_id),
    )
    const out = { images: 0, packages: 0, added: 0, removed: 0 }
    const names = new Set<string>()
    const components = new Set<number>()
    // Two on their way: one is judged while the last one is stored.
    let storing: Promise<void> = Promise.resolve()
    for (const { image_id: id } of ids) {
      const one = judgeOne(id, decisions, workloads.get(id) ?? [])
      await storing
      storing = one.then(applied => {
        if (!applied) return
        for (const name of applied.names) names.add(name)
        for (const component of applied.components) components.add(component)
        out.images++
        out.packages += applied.packages
        out.added += applied.added
        out.removed += applied.removed
        onProgress?.(out.images, ids.length)
      })
      storing.catch(() => {})
    }
    await storing
    await sum(names, components)
    bus.emit('image')
    return { ...out, milliseconds: Math.round(performance.now() - began), by: nameOf(info) }
  }
  return {
    scanned: (imageId, inventory) => inTurn(() => scanned(imageId, inventory)),
    rejudge: onProgress => inTurn(() => rejudge(onProgress)),
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

/** Lets whoever waits go first. */
function breath(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

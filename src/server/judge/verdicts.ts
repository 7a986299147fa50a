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
  /** Judged without holding anybody up; only storing is in turn. */
  const judgeFacts = async (imageId: string) => {
    const row = await db
      .selectFrom('inventories')
      .select(['body', 'at'])
      .where('image_id', '=', imageId)
      .executeTakeFirst()
    if (!row) return undefined
    return {
      imageId,
      at: row.at,
      judged: await judges.judge(row.body, settings.get().scan.scanners as Scanner[], now()),
    }
  }
  const keepVerdict = async ({ imageId, at, judged }: NonNullable<Awaited<ReturnType<typeof judgeFacts>>>) => {
    const row = await db
      .selectFrom('inventories')
      .innerJoin('images', 'images.id', 'inventories.image_id')
      .select(['at', 'names', 'running', 'reach', 'packages'])
      .where('image_id', '=', imageId)
      .executeTakeFirst()
    // Read again or forgotten meanwhile: what was judged is of the past.
    if (row?.at !== at) return undefined
    const workloads = (await workloadsOf(db, [imageId])).get(imageId) ?? []
    const image = { ...row, id: imageId, names: JSON.parse(row.names) as string[], workloads }
    const applied = await applyJudged(store, image, judged, await decisionsInForce(db, now()), now())
    return { ...applied, packages: row.packages }
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
    // One is judged in its thread while the last one is stored.
    let next = ids[0] && judgeFacts(ids[0].image_id)
    for (const [i] of ids.entries()) {
      const facts = await next
      const after = ids[i + 1]
      next = after && judgeFacts(after.image_id)
      next?.catch(() => {})
      const applied = facts && (await inTurn(() => keepVerdict(facts)))
      if (!applied) continue
      for (const name of applied.names) names.add(name)
      for (const component of applied.components) components.add(component)
      out.images++
      out.packages += applied.packages
      out.added += applied.added
      out.removed += applied.removed
      onProgress?.(out.images, ids.length)
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

/** Lets whoever waits go first. */
function breath(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

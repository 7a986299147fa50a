import type { Context } from '../context.ts'
import { insertMany } from '../db/insert.ts'
import type { Db, Store } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { updateMany } from '../db/update.ts'
import { severityNumber } from '../judge/scales.ts'
import type { Hello, Snapshot } from '../schemas/agent.ts'
import { timeOf } from './time.ts'

/** An agent says who it is. */
export async function storeHello({ db, now, bus }: Context, hello: Hello): Promise<void> {
  const { id, name, os, kernel, cores, memory, agentVersion, runtimes } = hello
  const facts = {
    name,
    os,
    kernel,
    cores,
    memory: Math.round(memory),
    agent_version: agentVersion,
    runtimes: JSON.stringify(runtimes),
    last_seen: now(),
  }
  await db
    .insertInto('hosts')
    .values({ id, ...facts, sensor: '', risks: '[]', first_seen: now() })
    .onConflict(on => on.column('id').doUpdateSet(facts))
    .execute()
  bus.emit('host', id)
}

/** Takes over what a host has now: what is missing in it is gone. Answers whether the host is known; an unknown one must say hello first. */
export async function storeSnapshot(context: Context, snapshot: Snapshot): Promise<boolean> {
  const { db, store, now, bus, queue, settings } = context
  const host = await db.selectFrom('hosts').selectAll().where('id', '=', snapshot.hostId).executeTakeFirst()
  if (!host) return false
  const { containers, images } = await db.transaction().execute(async transaction => {
    await transaction
      .updateTable('hosts')
      .set({ sensor: JSON.stringify(snapshot.sensor), risks: JSON.stringify(snapshot.risks), last_seen: now() })
      .where('id', '=', host.id)
      .execute()
    const containers = await storeContainers({ ...store, db: transaction }, snapshot, now())
    const images = await storeImages({ ...store, db: transaction }, snapshot, now())
    return { containers, images }
  })
  if (host.sensor === '') bus.emit('host', host.id)
  for (const id of containers.changed) bus.emit('container', id)
  for (const id of images.fresh) bus.emit('image', id)
  if (settings.get().scan.onSight) {
    // Layers that a build left behind have no name and run nowhere: nobody waits for them.
    for (const { id, name } of await unscanned(db, snapshot)) {
      const running = snapshot.containers.some(one => one.imageId === id && one.state === 'running')
      await queue.add({ kind: 'scan_image', target: id, title: name, hostId: host.id, priority: running ? 20 : 15 })
    }
  }
  if (containers.images.size > 0) await context.verdicts.ran([...containers.images])
  await endActions(context, snapshot)
  return true
}

type ContainerRow = Tables['containers']

async function storeContainers(store: Store, { hostId, containers }: Snapshot, now: number) {
  const { db, kind } = store
  const before = new Map(
    (await db.selectFrom('containers').selectAll().where('host_id', '=', hostId).execute()).map(row => [row.id, row]),
  )
  const changed: string[] = []
  const images = new Set<string>()
  const fresh: ContainerRow[] = []
  const other: ContainerRow[] = []
  for (const one of containers) {
    const row = containerRow(one, hostId, now)
    const old = before.get(row.id)
    before.delete(row.id)
    if (!old) fresh.push(row)
    else if (!same(old, row)) other.push(row)
    else continue
    changed.push(row.id)
    images.add(row.image_id)
    if (old) images.add(old.image_id)
  }
  const gone = [...before.values()].filter(row => row.state !== 'gone')
  for (const row of gone) {
    changed.push(row.id)
    images.add(row.image_id)
    other.push({ ...row, state: 'gone', seen_at: now, actions: '[]' })
  }
  const columns = Object.keys(containerRow0) as (keyof ContainerRow)[]
  // A container's id is of its runtime: the same one told by another host is another's word about it, which is not taken.
  await insertMany(db, kind, 'containers', columns, fresh, { conflict: '(id) do nothing' })
  const rest = columns.filter(name => name !== 'id' && name !== 'host_id')
  await updateMany(db, kind, 'containers', ['id', 'host_id'], rest, other)
  images.delete('')
  return { changed, images }
}

const containerRow0: ContainerRow = {
  id: '',
  host_id: '',
  name: '',
  image: '',
  image_id: '',
  runtime: '',
  state: '',
  created_at: 0,
  started_at: null,
  owner: '',
  service: '',
  run_as: '',
  privileged: 0,
  exposed: 0,
  ports: '',
  mounts: '',
  risks: '',
  risk: 9,
  actions: '',
  seen_at: 0,
}

function same(a: ContainerRow, b: ContainerRow): boolean {
  return (Object.keys(containerRow0) as (keyof ContainerRow)[]).every(key => key === 'seen_at' || a[key] === b[key])
}

const loopback = /^(?:127\.|::1$|\[::1\]$|localhost$)/

function containerRow(one: Snapshot['containers'][number], hostId: string, now: number): ContainerRow {
  const ports = one.ports.map(port => ({ ...port, exposed: port.hostPort > 0 && !loopback.test(port.hostIp) }))
  return {
    id: one.id,
    host_id: hostId,
    name: one.name,
    image: one.image,
    image_id: one.imageId,
    runtime: one.runtime,
    state: one.state,
    created_at: timeOf(one.createdAt, now),
    // Docker says 0001-01-01 of one that never ran.
    started_at: one.startedAt !== undefined && Date.parse(one.startedAt) > 0 ? timeOf(one.startedAt, now) : null,
    owner: one.owner ?? '',
    service: one.service ?? '',
    run_as: one.user,
    privileged: Number(one.privileged),
    exposed: Number(ports.some(port => port.exposed)),
    ports: JSON.stringify(ports),
    mounts: JSON.stringify(one.mounts),
    risks: JSON.stringify(one.risks),
    // 9: none. 0 is the worst.
    risk: Math.min(9, ...one.risks.map(risk => severityNumber(risk.severity))),
    actions: JSON.stringify(one.actions),
    seen_at: now,
  }
}

async function storeImages(store: Store, { hostId, images, containers }: Snapshot, now: number) {
  const { db, kind } = store
  const seen = new Map(images.map(image => [image.id, image]))
  // An image whose last name went to another still runs.
  for (const { imageId, image } of containers)
    if (imageId !== '' && !seen.has(imageId))
      seen.set(imageId, { id: imageId, names: image.startsWith('sha256:') ? [] : [image], digests: [], size: 0 })
  const known = new Map<string, { names: string; digests: string }>()
  const ids = [...seen.keys()]
  for (let at = 0; at < ids.length; at += 500)
    for (const row of await db
      .selectFrom('images')
      .select(['id', 'names', 'digests'])
      .where('id', 'in', ids.slice(at, at + 500))
      .execute())
      known.set(row.id, row)
  const fresh = [...seen.values()].filter(({ id }) => !known.has(id))
  const rows = fresh.map(one => ({
    ...imageRow0,
    ...namesOf(one),
    id: one.id,
    size: one.size,
    created_at: one.createdAt ? timeOf(one.createdAt, now) : null,
    first_seen: now,
    last_seen: now,
  }))
  await insertMany(db, kind, 'images', Object.keys({ id: '', ...imageRow0 }) as 'id'[], rows)
  const renamed = [...seen.values()].filter(one => {
    const old = known.get(one.id)
    return old && (old.names !== JSON.stringify(one.names) || old.digests !== JSON.stringify(one.digests))
  })
  await updateMany(
    db,
    kind,
    'images',
    ['id'],
    ['name', 'names', 'digests'],
    renamed.map(one => ({ id: one.id, ...namesOf(one) })),
  )
  const names = [...fresh, ...renamed].flatMap(one => one.names.map(name => ({ name, image_id: one.id, since: now })))
  await insertMany(db, kind, 'image_names', ['name', 'image_id', 'since'], names)
  for (let at = 0; at < ids.length; at += 500)
    await db
      .updateTable('images')
      .set({ last_seen: now })
      .where('id', 'in', ids.slice(at, at + 500))
      .where('last_seen', '<', now - 60_000)
      .execute()
  void hostId
  return { fresh: fresh.map(({ id }) => id) }
}

function namesOf({ id, names, digests }: { id: string; names: string[]; digests: string[] }) {
  return { name: names[0] ?? digests[0] ?? id, names: JSON.stringify(names), digests: JSON.stringify(digests) }
}

export const imageRow0 = {
  name: '',
  names: '[]',
  digests: '[]',
  os: '',
  os_eol: null as number | null,
  size: 0,
  created_at: null as number | null,
  layers: 0,
  packages: 0,
  scan_state: 'none',
  scan_at: null as number | null,
  scan_error: '',
  incomplete: '[]',
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  unknown: 0,
  weight: 0,
  secrets: 0,
  malware: 0,
  running: 0,
  reach: 0,
  base_name: '',
  base_how: '',
  layer_list: '[]',
  first_seen: 0,
  last_seen: 0,
  judged_by: '',
  verdict: '',
}

/** Images of a snapshot that nobody scanned, and nobody was asked to. */
async function unscanned(db: Db, { images, containers }: Snapshot): Promise<{ id: string; name: string }[]> {
  const named = images.filter(one => one.names.length > 0 || one.digests.length > 0)
  const ids = [...new Set([...named.map(one => one.id), ...containers.map(one => one.imageId)])].filter(Boolean)
  const out: { id: string; name: string }[] = []
  for (let at = 0; at < ids.length; at += 500) {
    const part = ids.slice(at, at + 500)
    const rows = await db
      .selectFrom('images')
      .select(['id', 'name'])
      .where('id', 'in', part)
      .where('scan_state', '=', 'none')
      .execute()
    if (rows.length === 0) continue
    out.push(...rows)
    await db
      .updateTable('images')
      .set({ scan_state: 'queued' })
      .where(
        'id',
        'in',
        rows.map(row => row.id),
      )
      .execute()
  }
  return out
}

/** The snapshot in which a step must be seen may have been taken just before it was done. */
const settling = 30_000

/** Steps that are in force no more: their time is over, or somebody released the container by hand. */
async function endActions({ db, now, bus }: Context, { hostId, containers }: Snapshot): Promise<void> {
  const active = await db
    .selectFrom('actions')
    .select(['id', 'step', 'container_id'])
    .where('host_id', '=', hostId)
    .where('state', '=', 'active')
    .where('done_at', '<', now() - settling)
    .execute()
  const inForce = new Map(containers.map(one => [one.id, one.actions]))
  const ended = active.filter(row => !inForce.get(row.container_id)?.includes(row.step))
  if (ended.length === 0) return
  const ids = ended.map(row => row.id)
  await db.updateTable('actions').set({ state: 'undone', undoable: 0 }).where('id', 'in', ids).execute()
  for (const id of ids) bus.emit('action', id)
}

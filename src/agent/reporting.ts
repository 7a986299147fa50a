import { readFileSync } from 'node:fs'
import type { ContainerInfo } from '../base/model/runtime.ts'
import { containerIdOfProcCgroup } from '../runtime/containers/cgroup-path.ts'
import type { DockerClient } from '../runtime/containers/docker/http.ts'
import type { Containers } from '../runtime/containers/open.ts'
import type { Risk } from '../server/schemas/hosts.ts'
import type { Api } from './api.ts'
import type { Drilled } from './drilled.ts'
import type { Feed } from './feed.ts'
import { readHostSettings } from './host.ts'
import { listMapped } from './mapped.ts'
import type { Response } from './response.ts'
import { daemonRisks } from './risks/daemon.ts'
import { listImages, type SeenImage, seenContainer } from './snapshot.ts'
import type { Watching } from './watching.ts'

export interface ReportingOptions {
  api: Api
  hostId: string
  containers: Containers
  docker: DockerClient
  watching: Watching
  response: Response
  feed: Feed
  drilled: Drilled
  say(line: string): void
}

/** Tells the server what this machine has: at once when a container changes, and every fifteen seconds. */
export interface Reporting {
  start(): Promise<void>
  now(): Promise<void>
  stop(): void
}

const every = 15_000
const settle = 300
/** The daemon's and the host's settings change seldom. */
const settingsEvery = 300_000
/** Programs that started before the sensor are looked for in /proc, now and then: a start during its pause is seen too. */
const mappedEvery = 60_000

export function createReporting(options: ReportingOptions): Reporting {
  const { api, hostId, containers, docker, watching, response, feed, drilled, say } = options
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running: Promise<void> | undefined
  let risks: Risk[] = []
  let settingsAt = 0
  let mappedAt = 0
  const states = new Map<string, string>()

  const tell = async (): Promise<void> => {
    const now = Date.now()
    if (now - settingsAt > settingsEvery) {
      risks = daemonRisks(await readHostSettings(docker))
      settingsAt = now
    }
    if (now - mappedAt > mappedEvery) {
      mappedAt = now
      feed.loaded(
        listMapped({ containerOf: pid => containerOfPid(containers, pid) }),
        watching.since() ?? new Date().toISOString(),
      )
    }
    const images = await listImages(docker).catch((): SeenImage[] => [])
    const created = new Map(images.map(image => [image.id, image.createdAt]))
    const records = response.active()
    const real = containers.list().filter(({ id }) => !drilled.has(id))
    const list = real.map(info => seenContainer(info, created.get(info.imageId), records, now))
    const starts = list.flatMap(({ id, state, startedAt }) =>
      state === 'running' && startedAt !== undefined ? [{ id, at: startedAt }] : [],
    )
    const sensor = await watching.state(starts)
    await api.post('/agent/snapshot', { hostId, containers: list, images, risks, sensor })
  }
  const now = async (): Promise<void> => {
    clearTimeout(timer)
    running ??= tell()
      .catch((error: unknown) => {
        if ((error as { code?: string }).code !== 'server_unreachable') say((error as Error).message)
      })
      .finally(() => {
        running = undefined
        schedule(every)
      })
    await running
  }
  const schedule = (ms: number): void => {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => void now(), ms)
  }
  const unlisten = containers.onChange((info, gone) => {
    noteChange(info, gone)
    schedule(settle)
  })
  const noteChange = (info: ContainerInfo, gone: boolean): void => {
    if (drilled.has(info.id)) return
    const state = gone ? 'removed' : info.state
    if (states.get(info.id) === state) return
    states.set(info.id, state)
    if (gone) states.delete(info.id)
    const { id: containerId, name: container } = info
    feed.event({
      time: new Date().toISOString(),
      kind: 'container',
      name: state,
      containerId,
      container,
      text: info.image,
    })
  }
  return {
    start: now,
    now,
    stop() {
      stopped = true
      clearTimeout(timer)
      unlisten()
    },
  }
}

function containerOfPid(containers: Containers, pid: number): { id: string; imageId: string } | undefined {
  try {
    const id = containerIdOfProcCgroup(readFileSync(`/proc/${pid}/cgroup`, 'latin1'))
    return id === undefined ? undefined : containers.get(id)
  } catch {
    return undefined
  }
}

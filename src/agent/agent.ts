import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { Alert } from '../base/model/runtime.ts'
import { openDocker } from '../runtime/containers/docker/http.ts'
import { openContainers } from '../runtime/containers/open.ts'
import { serveSensor } from '../runtime/respond/sensor-link.ts'
import { libraryTexts } from '../runtime/rules/library.ts'
import type { StartSensor } from '../runtime/watch/session.ts'
import { type AgentConfig, agentConfig } from '../server/schemas/agent.ts'
import { type Api, openApi, type ServerPlace } from './api.ts'
import { createConfig } from './config.ts'
import { deedsOf, uploadOf } from './deeds.ts'
import { createDriftControl } from './drift.ts'
import { createDrilled } from './drilled.ts'
import { createFeed } from './feed.ts'
import { hostFacts, hostId } from './host.ts'
import { actJob, undoJob } from './jobs/act.ts'
import { drillJob } from './jobs/drill.ts'
import { scanJob } from './jobs/scan.ts'
import { followLogs } from './logs/follow.ts'
import { createReporting } from './reporting.ts'
import { createResponse } from './response.ts'
import { createUploads } from './uploads.ts'
import { createWatching } from './watching.ts'
import { work } from './work.ts'

export interface AgentOptions {
  server: ServerPlace
  /** Where responses, profiles and what waits for the server are kept. */
  state: string
  cacheDir: string
  version: string
  start: StartSensor
  say(line: string): void
  signal: AbortSignal
}

/** Watches, scans and responds on this machine for a server, until `signal` aborts. Waits for a server that is not there yet. */
export async function runAgent(options: AgentOptions): Promise<void> {
  const { state, signal, say, version } = options
  const api = openApi(options.server)
  const id = hostId()
  const containers = await openContainers()
  const docker = openDocker()
  const drift = createDriftControl({ state, containers, say })
  const alerts = new EventEmitter<{ alert: [Alert] }>().setMaxListeners(0)
  const feed = createFeed({ api, hostId: id, state })
  const uploads = createUploads({ api, hostId: id, folder: join(state, 'spool', 'evidence'), say })
  const drilled = createDrilled()
  const response = createResponse({
    state,
    containers,
    say,
    onDone(done, alert, incident) {
      const told = deedsOf(done, { alert, incident, newId: feed.newId, now: new Date() })
      for (const deed of told.deeds) feed.deed(deed)
      for (const upload of told.uploads) uploads.add(upload)
    },
  })
  const watching = createWatching({
    start: options.start,
    say,
    onAlert: watched => {
      const from = watched.alert.container?.id ?? ''
      alerts.emit('alert', watched.alert)
      if (drilled.has(from)) return
      response.onAlert(watched.alert, feed.alert(watched), watching.lastEvents)
    },
    onDrift: own => drift.start(own),
    onListed: image => drift.listed(image),
    onLoaded: rows => feed.loaded(rows, watching.since() ?? new Date().toISOString()),
  })
  const reporting = createReporting({ api, hostId: id, containers, docker, watching, response, feed, drilled, say })
  const link = await serveSensor(
    state,
    {
      lastEvents: watching.lastEvents,
      // What has run is no drill that begins: it would hide what it did.
      async drilled(ids) {
        const seen = await Promise.all(ids.map(own => containers.refresh(own)))
        if (seen.some(info => info?.state !== 'created')) return false
        for (const own of ids) drilled.add(own)
        return true
      },
    },
    'agent',
  )
  let stopLogs = (): void => {}
  const config = createConfig({
    load: async () => agentConfig.parse(await api.get('/agent/config')),
    apply: async next => {
      response.configure(next)
      stopLogs()
      stopLogs = next.followLogs ? followLogs({ docker, containers, mask: next.maskLogs, onLine: feed.log }) : () => {}
      drift.configure({ default: next.drift, containers: [] })
      await watching.run({
        rules: [...libraryTexts(), ...ownRules(next)],
        drift: drift.policy(),
        state,
        learn: true,
        malware: true,
      })
      await reporting.now()
    },
  })
  try {
    await greet(api, { id, ...hostFacts(), agentVersion: version, runtimes: runtimesOf(containers.status()) }, signal)
    await reporting.start()
    await config.refresh()
    const handlers = {
      action: actJob(response.responder, (file, about) =>
        uploads.add(uploadOf(file, { ...about, key: feed.newId(), incident: '', time: new Date().toISOString() })),
      ),
      undo: undoJob(response.responder),
      rules: async () => {
        await config.refresh()
        return {}
      },
    }
    const onAlert = (callback: (alert: Alert) => void): (() => void) => {
      alerts.on('alert', callback)
      return () => void alerts.off('alert', callback)
    }
    const scan = scanJob({ cacheDir: options.cacheDir, scanners: () => config.current()?.scanners ?? [] })
    const drill = drillJob({ onAlert, block: containerId => watching.setPolicy(containerId, 'block'), ours: drilled })
    // A response waits for no scan, and no scan for a drill.
    const common = { api, hostId: id, signal, say }
    await Promise.all([
      work({ ...common, handlers }),
      work({ ...common, handlers: { scan_image: scan, scan_host: scan } }),
      work({ ...common, handlers: { drill } }),
    ])
  } finally {
    link?.close()
    uploads.stop()
    drift.stop()
    await watching.stop()
    stopLogs()
    reporting.stop()
    response.stop()
    containers.close()
    docker.close()
    await feed.close()
  }
}

function ownRules({ rules, disabled }: AgentConfig): { name: string; content: string }[] {
  const off = disabled.map(rule => ({ rule, enabled: false, override: { enabled: 'replace' } }))
  return [
    ...(rules === '' ? [] : [{ name: 'own.yaml', content: rules }]),
    ...(off.length === 0 ? [] : [{ name: 'disabled.yaml', content: JSON.stringify(off) }]),
  ]
}

function runtimesOf(statuses: ReturnType<Awaited<ReturnType<typeof openContainers>>['status']>) {
  return statuses.map(({ runtime, connected, reason }) => ({
    name: runtime as string,
    version: '',
    connected,
    ...(reason !== undefined && { reason }),
  }))
}

/** Says who this is until the server hears it. */
async function greet(api: Api, facts: unknown, signal: AbortSignal): Promise<void> {
  for (let wait = 100; ; wait = Math.min(5000, wait * 2)) {
    try {
      await api.post('/agent/hello', facts)
      return
    } catch (error) {
      signal.throwIfAborted()
      if ((error as { code?: string }).code !== 'server_unreachable') throw error
      await new Promise(resolve => setTimeout(resolve, wait))
    }
  }
}

import { maskText } from '../../base/mask.ts'
import type { ContainerInfo } from '../../base/model/runtime.ts'
import type { DockerClient } from '../../runtime/containers/docker/http.ts'
import type { Containers } from '../../runtime/containers/open.ts'
import type { LogBatch } from '../../server/schemas/agent.ts'
import { createLogParser } from './frames.ts'

export interface FollowOptions {
  docker: DockerClient
  containers: Pick<Containers, 'list' | 'onChange'>
  /** Takes a line; its id is made from place and time, so that one that is read twice counts once. */
  onLine(line: LogBatch['items'][number]): void
  /** Personal data and secrets are masked before a line leaves this process. */
  mask: boolean
  /** Lines of a container that are kept a second; a burst may be ten times as many. */
  perSecond?: number
  now?: () => number
}

const maxFollowed = 1000

/** Follows what running containers print, from now on. Answers how to stop. */
export function followLogs(options: FollowOptions): () => void {
  const { docker, containers } = options
  const followed = new Map<string, AbortController>()
  const begin = (info: ContainerInfo): void => {
    if (info.runtime !== 'docker' || info.state !== 'running') return
    if (followed.has(info.id) || followed.size >= maxFollowed) return
    const stop = new AbortController()
    followed.set(info.id, stop)
    followOne(docker, info, options, stop.signal)
      .catch(() => {})
      .finally(() => {
        if (followed.get(info.id) === stop) followed.delete(info.id)
      })
  }
  const unlisten = containers.onChange((info, gone) => {
    if (!gone) return begin(info)
    followed.get(info.id)?.abort()
  })
  containers.list().forEach(begin)
  return () => {
    unlisten()
    for (const stop of followed.values()) stop.abort()
  }
}

async function followOne(
  docker: DockerClient,
  info: ContainerInfo,
  options: FollowOptions,
  signal: AbortSignal,
): Promise<void> {
  const { onLine, mask, perSecond = 50, now = Date.now } = options
  const inspected = (await docker.call('GET', `/containers/${info.id}/json`)) as { Config?: { Tty?: boolean } }
  const since = Math.floor(now() / 1000)
  const path = `/containers/${info.id}/logs?follow=1&stdout=1&stderr=1&timestamps=1&since=${since}`
  const stream = await docker.stream(path, signal)
  const parse = createLogParser(inspected.Config?.Tty === true)
  const admit = createAllowance(perSecond, now)
  let count = 0
  let held = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (const { stream: name, time, text } of parse(chunk)) {
      if (!admit()) {
        held++
        continue
      }
      const at = time === '' ? new Date(now()).toISOString() : time
      const line = { time: at, containerId: info.id, container: info.name, stream: name }
      if (held > 0)
        onLine({
          ...line,
          id: `${info.id.slice(0, 12)}-${at}-held${++count}`,
          text: `[jenner] ${held} lines not stored`,
        })
      held = 0
      onLine({ ...line, id: `${info.id.slice(0, 12)}-${at}-${name}-${++count}`, text: mask ? maskText(text) : text })
    }
  }
}

/** So many a second, ten times as many at once. */
function createAllowance(perSecond: number, now: () => number): () => boolean {
  let tokens = perSecond * 10
  let at = now()
  return () => {
    const time = now()
    tokens = Math.min(perSecond * 10, tokens + (Math.max(0, time - at) / 1000) * perSecond)
    at = time
    if (tokens < 1) return false
    tokens--
    return true
  }
}

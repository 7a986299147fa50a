import { setTimeout as sleep } from 'node:timers/promises'
import { JennerError } from '../../../base/errors.ts'
import { stringAt } from '../../../base/json.ts'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import type { ContainerSource, FollowHandlers } from '../source.ts'
import { convertContainer } from './convert.ts'
import { eventsPath, parseEvent } from './events.ts'
import { type DockerClient, openDocker } from './http.ts'

const maxLine = 1 << 20
/** An id or a name: all that Docker allows, and nothing (an empty text, `..`) that would ask for something else. */
const mayName = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]*$/
const maxImages = 1000
const [firstWait, longestWait] = [100, 5000]

/** Docker by its API. `host`: `unix:///path`, default DOCKER_HOST, then /var/run/docker.sock. */
export function openDockerSource(host?: string): ContainerSource {
  const client = openDocker(host)
  const imageOf = rememberImages(client)
  return {
    runtime: 'docker',
    address: client.socketPath,
    async ids() {
      const list = await client.call('GET', '/containers/json?all=true')
      return (Array.isArray(list) ? list : []).map(item => stringAt(item, 'Id') ?? '').filter(id => id !== '')
    },
    inspect: idOrName => inspect(client, idOrName, imageOf),
    follow: (handlers, signal) => follow(client, handlers, signal),
    close: () => client.close(),
  }
}

async function inspect(
  client: DockerClient,
  idOrName: string,
  imageOf: (id: string) => Promise<unknown>,
): Promise<ContainerInfo | undefined> {
  if (!mayName.test(idOrName)) return undefined
  try {
    const inspected = await client.call('GET', `/containers/${encodeURIComponent(idOrName)}/json`)
    return convertContainer(inspected, await imageOf(stringAt(inspected, 'Image') ?? ''))
  } catch (error) {
    if (error instanceof JennerError && error.code === 'container_not_found') return undefined
    throw error
  }
}

/** An image does not change under its id, but its names do: it is asked once a minute at most. */
function rememberImages(client: DockerClient): (id: string) => Promise<unknown> {
  const known = new Map<string, { at: number; image: Promise<unknown> }>()
  return id => {
    const before = known.get(id)
    if (id === '') return Promise.resolve(undefined)
    if (before !== undefined && Date.now() - before.at < 60_000) return before.image
    const image = client.call('GET', `/images/${encodeURIComponent(id)}/json`).catch(() => undefined)
    if (known.size >= maxImages) known.clear()
    known.set(id, { at: Date.now(), image })
    return image
  }
}

/** Reads the event stream and opens it anew when the daemon restarts, waiting a little longer each time it fails. */
async function follow(client: DockerClient, handlers: FollowHandlers, signal: AbortSignal): Promise<void> {
  let wait = firstWait
  while (!signal.aborted) {
    try {
      const answer = await client.stream(eventsPath(), signal)
      wait = firstWait
      handlers.connected()
      for await (const line of linesOf(answer)) {
        const change = parseEvent(line)
        if (change !== undefined) handlers.change(change)
      }
      throw new JennerError('docker_unreachable', client.socketPath)
    } catch (error) {
      if (signal.aborted) return
      handlers.lost(error)
    }
    await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined)
    wait = Math.min(wait * 2, longestWait)
  }
}

async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const piece of stream) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop()!
    if (rest.length > maxLine) throw new JennerError('limit_exceeded', "a line of Docker's events")
    yield* lines
  }
}

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openContainers } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-containers-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const idOf = (digit: string): string => digit.repeat(64)

/** As much of the Engine's API as is asked for, on a socket of our own. */
function fakeDocker(socket: string) {
  const containers = new Map<string, { Name: string; State: object; [key: string]: unknown }>()
  const streams = new Set<ServerResponse>()
  let server: Server
  const answer = (response: ServerResponse, value: unknown): void => void response.end(JSON.stringify(value))
  return {
    add: (id: string, name: string) =>
      containers.set(id, { Id: id, Name: `/${name}`, State: { Status: 'running', Pid: 7 } }),
    remove: (id: string) => containers.delete(id),
    tell: (Action: string, id: string, Attributes: object = {}) => {
      for (const stream of streams)
        stream.write(`${JSON.stringify({ Type: 'container', Action, Actor: { ID: id, Attributes } })}\n`)
    },
    start: () =>
      new Promise<void>(resolve => {
        server = createServer((request, response) => {
          const path = request.url ?? ''
          if (path.startsWith('/events')) {
            streams.add(response)
            response.flushHeaders()
            return
          }
          if (path.startsWith('/containers/json'))
            return answer(
              response,
              [...containers.keys()].map(Id => ({ Id })),
            )
          const found = containers.get(path.split('/')[2] ?? '')
          if (found !== undefined) return answer(response, found)
          response.statusCode = 404
          answer(response, { message: 'no such container' })
        })
        server.listen(socket, resolve)
      }),
    stop: () =>
      new Promise<void>(resolve => {
        for (const stream of streams) stream.destroy()
        streams.clear()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (condition()) return
    await sleep(10)
  }
  assert.fail(what)
}

test('containers are known from create to well after their end, over a restart of the daemon', async () => {
  const socket = join(folder, 'docker.sock')
  const docker = fakeDocker(socket)
  docker.add(idOf('a'), 'first')
  await docker.start()
  const containers = await openContainers({ dockerHost: `unix://${socket}` })
  try {
    assert.equal(containers.get('a'.repeat(12))?.name, 'first')
    assert.equal(containers.get('a'.repeat(11)), undefined)
    assert.equal(containers.byCgroupPath(`/docker/${idOf('a')}`)?.name, 'first')
    docker.add(idOf('b'), 'second')
    docker.tell('create', idOf('b'))
    await until(() => containers.get(idOf('b')) !== undefined, 'create')
    docker.remove(idOf('b'))
    docker.tell('destroy', idOf('b'))
    await until(() => containers.list().length === 1, 'destroy')
    assert.equal(containers.get(idOf('b'))?.state, 'dead')
    // One that is gone before it could be asked about.
    docker.tell('create', idOf('c'), { name: 'brief', image: 'x:1' })
    await until(() => containers.get(idOf('c'))?.imageTag === '1', 'brief')

    await docker.stop()
    await until(() => containers.status()[0]?.connected === false, 'lost')
    docker.remove(idOf('a'))
    docker.add(idOf('d'), 'fourth')
    await docker.start()
    await until(() => containers.get(idOf('d')) !== undefined, 'resync')
    assert.equal(containers.get(idOf('a'))?.state, 'dead')
    assert.deepEqual(
      containers.list().map(({ name }) => name),
      ['fourth'],
    )
  } finally {
    containers.close()
    await docker.stop()
  }
})

test('without a runtime there are no containers, and it is said', async () => {
  const containers = await openContainers({ dockerHost: `unix://${join(folder, 'absent.sock')}` })
  assert.deepEqual(containers.list(), [])
  assert.equal(containers.status()[0]?.connected, false)
  assert.equal(containers.status()[0]?.reason, 'ENOENT')
  containers.close()
})

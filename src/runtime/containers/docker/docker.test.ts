import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDockerSource } from './docker.ts'
import { openDocker } from './http.ts'

const base = mkdtempSync(join(tmpdir(), 'jenner-docker-'))
after(() => rmSync(base, { recursive: true, force: true }))

async function withDaemon(answer: RequestListener, work: (host: string) => Promise<void>): Promise<void> {
  const path = join(base, 'docker.sock')
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(path, resolve))
  try {
    await work(`unix://${path}`)
  } finally {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}

test('what cannot be the name of a container is not asked for', async () => {
  const asked: string[] = []
  await withDaemon(
    ({ url }, answer) => {
      asked.push(url ?? '')
      answer.end('{"Id":"x","Name":"/x","State":{},"Config":{}}')
    },
    async host => {
      const source = openDockerSource(host)
      for (const name of ['', '.', '..', '../../etc', '../images/x', 'a b', 'a?b', 'a/b', '-x', 'a\n'])
        assert.equal(await source.inspect(name), undefined, JSON.stringify(name))
      assert.deepEqual(asked, [])
      assert.equal((await source.inspect('good_name.1-2'))?.name, 'x')
      source.close()
    },
  )
})

test('a redirect is no answer, nothing changed is one', async () => {
  await withDaemon(
    ({ url }, answer) => answer.writeHead(url === '/same' ? 304 : 301, { Location: '/json' }).end(),
    async host => {
      const client = openDocker(host)
      await assert.rejects(client.call('GET', '/containers/../json'), { code: 'response_failed', detail: 'HTTP 301' })
      assert.equal(await client.call('POST', '/same'), undefined)
      client.close()
    },
  )
})

/** Whoever may not use Docker's socket is told so, and what to do: not that Docker is to be started. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

const skip = process.getuid?.() === 0 ? false : 'needs root, to be somebody else'
const nobody = 65534
const folder = mkdtempSync(join(tmpdir(), 'jenner-denied-'))
const socket = join(folder, 'docker.sock')
const daemon = createServer()

before(async () => {
  if (skip !== false) return
  chownSync(folder, nobody, nobody)
  await new Promise<void>(resolve => daemon.listen(socket, resolve))
  chmodSync(socket, 0o600)
})
after(() => {
  daemon.close()
  rmSync(folder, { recursive: true, force: true })
})

const advice = { en: /may not use the Docker socket[\s\S]*`docker` group/, ko: /권한이 없습니다[\s\S]*`docker` 그룹/ }

for (const words of [['ps'], ['isolate', 'web'], ['pause', 'web'], ['release', 'web']])
  for (const language of ['en', 'ko'] as const)
    test(`${words[0]} (${language})`, { skip }, () => {
      const { stderr, status } = spawnSync(
        join(import.meta.dirname, '../../jenner'),
        [...words, '--lang', language, '--state', folder],
        {
          encoding: 'utf8',
          uid: nobody,
          gid: nobody,
          cwd: '/',
          env: { ...process.env, HOME: folder, DOCKER_HOST: `unix://${socket}` },
        },
      )
      assert.equal(status, 1, stderr)
      assert.match(stderr, advice[language])
      assert.doesNotMatch(stderr, /Start Docker|Docker를 시작/)
    })

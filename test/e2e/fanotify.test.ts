/** fanotify's permission mode: foreign programs are denied, and a stalled or killed process holds nothing up for long. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type DockerAnswer, docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { type Guard, startGuard } from '../../src/runtime/sensor/fanotify/guard.ts'
import { holds, startWatch, unableToWatch } from './hard-days/watch.ts'

const skip = unableToWatch()
const name = `jenner-fanotify-${process.pid}`
const image = `${name}:1`
let guard: Guard | undefined
let refused = ''
let denied = 0
const lapses: boolean[] = []

before(async () => {
  if (skip !== false) return
  buildImage(image)
  docker(['run', '-d', '--network', 'none', '--name', name, image, 'sleep', '600'])
  const format = '{{.State.Pid}} {{.GraphDriver.Data.UpperDir}}'
  const [pid, upperDir = ''] = docker(['inspect', '-f', format, name]).stdout.trim().split(' ')
  if (!upperDir.startsWith('/')) {
    refused = 'needs the overlay2 storage driver'
    return
  }
  const options = {
    pid: Number(pid),
    upperDir,
    onDenied: () => void denied++,
    onLapse: (again: boolean) => void lapses.push(again),
  }
  guard = await startGuard(options).catch(error => {
    refused = String(error)
    return undefined
  })
})

after(async () => {
  await guard?.stop()
  if (skip !== false) return
  docker(['rm', '--force', name])
  docker(['rmi', '--force', image])
})

const inside = (script: string): Promise<DockerAnswer> => dockerAsync(['exec', name, 'sh', '-c', script], 60_000)

test('a dropped program and a dropped script are denied before they start; programs of the image run', {
  skip,
}, async context => {
  if (!guard) return context.skip(refused)
  const dropped = await inside(
    'cp /usr/bin/echo /tmp/e; /tmp/e effect; printf "#!/bin/sh\\necho effect\\n" > /tmp/s; chmod +x /tmp/s; /tmp/s; echo fine',
  )
  assert.equal(dropped.stdout, 'fine\n')
  assert.match(dropped.stderr, /not permitted|denied/i)
  assert.ok(await holds(() => denied >= 2, 30_000))
})

for (const signal of ['SIGSTOP', 'SIGKILL'] as const)
  test(`after ${signal} of the answering process programs start again, and it is replaced`, { skip }, async context => {
    if (!guard) return context.skip(refused)
    const before = guard.pid()
    process.kill(before!, signal)
    assert.equal((await inside('echo fine')).stdout, 'fine\n', 'the container hangs')
    assert.ok(await holds(() => lapses.length > 0 && guard!.pid() !== before, 60_000), 'it was not replaced')
    assert.equal(lapses.splice(0).at(-1), true)
    assert.equal((await inside('cp /usr/bin/echo /tmp/e; /tmp/e effect')).stdout, '')
  })

test('jenner watch --fanotify guards a container by its name', { skip }, async context => {
  if (!guard) return context.skip(refused)
  await guard.stop()
  const folder = mkdtempSync(join(tmpdir(), 'jenner-fanotify-'))
  const watch = await startWatch({ cwd: folder, flags: ['--fanotify', name] })
  try {
    assert.ok(await holds(() => watch.said().includes('denied by fanotify'), 30_000), watch.said())
    assert.equal((await inside('cp /usr/bin/echo /tmp/e; /tmp/e effect; echo fine')).stdout, 'fine\n')
    assert.ok(await holds(() => watch.said().includes('was denied'), 30_000), watch.said())
  } finally {
    await watch.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  assert.equal((await inside('/tmp/e effect')).stdout, 'effect\n', 'it guards on after its end')
})

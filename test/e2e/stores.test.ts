import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openImage } from '../../src/scan/image/open.ts'
import type { ImageSource } from '../../src/scan/image/source.ts'
import { sampleLayers, writeLayout } from './oci-image.ts'

/** Stores as the engines themselves write them: containers-storage by skopeo's library, containerd by its daemon, both in folders of their own. */
const folder = mkdtempSync(join(tmpdir(), 'jenner-e2e-stores-'))
const daemons: ChildProcess[] = []
after(() => {
  for (const daemon of daemons) daemon.kill('SIGTERM')
  // The overlay driver mounts its folder onto itself.
  if (podman === false) spawnSync('umount', ['-l', join(folder, 'overlay/overlay')])
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const has = (name: string): boolean => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
const isRoot = process.getuid?.() === 0
const podman = !has('skopeo') ? 'needs skopeo' : !isRoot ? 'needs root' : false
const containerd = !has('containerd') || !has('ctr') ? 'needs containerd' : !isRoot ? 'needs root' : false

const layout = join(folder, 'layout')
const layers = [
  ...sampleLayers,
  { compression: 'gzip' as const, files: { 'app/.wh.readme': '', 'opt/.wh..wh..opq': '', 'opt/new': 'n' } },
]
writeLayout(layout, [{ layers }])

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${stderr}`)
}

async function entriesOf(source: ImageSource): Promise<string[]> {
  const seen: string[] = []
  for (const { index } of source.layers) {
    const entry = ({ path, whiteout }: { path: string; whiteout?: string }) => {
      seen.push(`${index} ${path}${whiteout ? ` ${whiteout}` : ''}`)
      return undefined
    }
    const { problems } = await source.readLayer(index, { entry })
    assert.deepEqual(problems, [])
  }
  await source.close()
  return seen
}

const expected = [
  '0 etc/os-release',
  '0 var/lib/dpkg/status',
  '1 app/node_modules/lodash/package.json',
  '2 app/readme',
  '3 app/readme file',
  '3 opt opaque',
  '3 opt/new',
]

for (const driver of ['overlay', 'vfs']) {
  test(`containers-storage with ${driver}: the layers' own bytes, by every name`, { skip: podman }, async () => {
    const root = join(folder, driver)
    const store = `[${driver}@${root}+${root}-run]`
    run('skopeo', 'copy', '-q', `oci:${layout}:v1`, `containers-storage:${store}docker.io/team/app:v1`)
    const storeRoots = { containerd: [], podman: [root] }
    const open = (name: string) => openImage(name, { from: 'podman', storeRoots })
    const source = await open('team/app:v1')
    assert.equal(source.addressedBy, 'diffId')
    const { imageId, repoTags } = source.artifact
    assert.deepEqual(repoTags, ['docker.io/team/app:v1'])
    assert.deepEqual(await entriesOf(source), expected)
    for (const name of ['docker.io/team/app:v1', imageId!.slice(7, 27), source.artifact.repoDigests[0]!]) {
      const again = await open(name)
      assert.equal(again.artifact.imageId, imageId, name)
      await again.close()
    }
    await assert.rejects(open('team/app:v2'), { code: 'target_not_found' })
    await alteredFile(root, driver, open)
  })
}

/** A file of the store that was changed since: the digest tells. */
async function alteredFile(root: string, driver: string, open: (name: string) => Promise<ImageSource>): Promise<void> {
  const base = driver === 'vfs' ? join(root, 'vfs/dir') : join(root, 'overlay')
  const folders = readdirSync(base).map(id => join(base, id, driver === 'vfs' ? '' : 'diff'))
  for (const at of folders)
    if (existsSync(join(at, 'etc/os-release')))
      writeFileSync(
        join(at, 'etc/os-release'),
        readFileSync(join(at, 'etc/os-release'), 'utf8').replace('debian', 'alpine'),
      )
  const source = await open('team/app:v1')
  const { problems } = await source.readLayer(0, { entry: () => undefined })
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['digest_mismatch'],
  )
  rmSync(join(folders.find(at => existsSync(join(at, 'var/lib/dpkg/status')))!, 'var'), { recursive: true })
  if (driver === 'vfs') for (const at of folders) rmSync(join(at, 'var'), { recursive: true, force: true })
  const broken = await source.readLayer(0, { entry: () => undefined })
  assert.deepEqual(
    broken.problems.map(({ code, path }) => `${code} ${path}`),
    ['unreadable var/lib/dpkg/status'],
  )
  await source.close()
}

test('containerd: names of every namespace, content as in a layout', { skip: containerd }, async () => {
  const root = join(folder, 'containerd')
  const socket = join(folder, 'c.sock')
  mkdirSync(root)
  const config = join(folder, 'containerd.toml')
  writeFileSync(
    config,
    `version = 2\nroot = "${root}"\nstate = "${folder}/state"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\naddress = "${socket}"\n`,
  )
  daemons.push(spawn('containerd', ['-c', config], { stdio: 'ignore' }))
  for (let attempt = 0; attempt < 100 && spawnSync('ctr', ['-a', socket, 'version']).status !== 0; attempt++)
    await new Promise(resolve => setTimeout(resolve, 100))
  if (has('skopeo'))
    run('skopeo', 'copy', '-q', `oci:${layout}:v1`, `oci-archive:${folder}/app.tar:docker.io/team/app:v1`)
  else run('tar', '-C', layout, '-cf', `${folder}/app.tar`, '.')
  run('ctr', '-a', socket, '-n', 'k8s.io', 'images', 'import', '--no-unpack', `${folder}/app.tar`)
  for (let count = 0; count < 60; count++)
    run('ctr', '-a', socket, '-n', 'other', 'namespaces', 'label', 'other', `key-${count}=${'v'.repeat(80)}`)
  const open = (name: string) => openImage(name, { from: 'containerd', storeRoots: { containerd: [root], podman: [] } })
  const source = await open('team/app:v1')
  assert.deepEqual([source.addressedBy, source.artifact.repoTags], ['digest', ['team/app:v1']])
  assert.deepEqual(await entriesOf(source), expected)
  await assert.rejects(open('team/app:v2'), { code: 'target_not_found' })
  const elsewhere = { containerd: [root], podman: [], namespace: 'other' }
  await assert.rejects(openImage('team/app:v1', { from: 'containerd', storeRoots: elsewhere }), {
    code: 'target_not_found',
  })
  assert.ok(statSync(join(root, 'io.containerd.metadata.v1.bolt/meta.db')).size > 0)
})

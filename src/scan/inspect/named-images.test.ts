import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { namedImages } from './named-images.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-named-'))
after(() => rmSync(folder, { recursive: true }))

const files: Record<string, string> = {
  Dockerfile: 'FROM debian:12\n',
  'docker-compose.prod.yml': 'services:\n  a:\n    image: app:$TAG\n',
  'deploy/app.yaml': 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: pod:1}]}\n',
  'deploy/broken.yaml': 'a: [b\n',
  'other/app.yaml': 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: unseen:1}]}\n',
  'node_modules/x/Dockerfile': 'FROM unseen:2\n',
  'old/Dockerfile': 'FROM skipped:1\n',
  'big/Dockerfile': `FROM unseen:3\n${'#'.repeat(1024 * 1024)}`,
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
symlinkSync('/', join(folder, 'root'))
symlinkSync('/etc/passwd', join(folder, 'Containerfile'))

test('the images of Dockerfiles, Compose files and manifests, no links followed, what is broken passed over', () => {
  assert.deepEqual(
    namedImages(folder, path => path === 'old'),
    [
      { image: 'debian:12', path: 'Dockerfile', line: 1 },
      { image: 'app:', path: 'docker-compose.prod.yml', line: 3, unresolved: ['TAG'] },
      { image: 'pod:1', path: 'deploy/app.yaml', line: 3 },
    ],
  )
  assert.deepEqual(namedImages(join(folder, 'none'), undefined), [])
})

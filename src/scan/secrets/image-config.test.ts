import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskConfig, secretsOfConfig } from './image-config.ts'

const of = (...parts: string[]): string => parts.join('')
const password = of('tr0ub4', 'dor9x')
const token = of('gl', 'pat-', 'kQ7vZp2LxW9sTb4NcR8m')
const config = {
  config: {
    Env: ['PATH=/usr/bin', `DB_PASSWORD=${password}`, 'LANG=C'],
    Cmd: ['app', '--token', token],
    Entrypoint: null,
    Labels: { maintainer: 'someone', 'deploy.password': password },
  },
  history: [{ created_by: 'RUN true' }, { created_by: `|1 NPM_TOKEN=${token} /bin/sh -c npm ci` }],
}

test('secrets in environment, command, labels and history are found, each in its part', () => {
  const found = secretsOfConfig(config).map(({ path, secrets }) => `${path}:${secrets.map(one => one.startLine)}`)
  assert.deepEqual(found, [
    'config.json (Env):2',
    'config.json (Cmd):1',
    'config.json (Labels):2',
    'config.json (history):2',
  ])
})

test('the configuration that is shown holds none of them, and all else', () => {
  const shown = maskConfig(config)
  const text = JSON.stringify(shown)
  for (const secret of [password, token]) assert.ok(!text.includes(secret), text)
  assert.equal(shown.config.Env[0], 'PATH=/usr/bin')
  assert.deepEqual(Object.keys(shown.config.Labels), ['maintainer', 'deploy.password'])
  assert.equal(shown.history[0]!.created_by, 'RUN true')
})

test('configurations of any shape are read', () => {
  for (const odd of [undefined, {}, { config: 1 }, { config: { Env: 'x', Labels: [1], Cmd: {} }, history: [null, 3] }])
    assert.deepEqual(secretsOfConfig(odd as Record<string, unknown>), [])
  assert.deepEqual(maskConfig({ a: [null, { b: 1 }] }), { a: [null, { b: 1 }] })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ErrorCode, JennerError } from '../../base/errors.ts'
import { notFound } from './open.ts'

test('who may not ask Docker hears it, unless the registry knows better', () => {
  const fail = (store: string, code: ErrorCode, detail: string) => ({ store, error: new JennerError(code, detail) })
  const denied = fail('docker', 'docker_denied', '/run/docker.sock')
  const cases: [ReturnType<typeof fail>[], ErrorCode, RegExp][] = [
    [[denied, fail('registry', 'registry_unreachable', 'hub')], 'docker_denied', /docker.sock: permission denied; reg/],
    [[denied, fail('registry', 'target_not_found', '404')], 'target_not_found', /permission denied/],
    [
      [fail('docker', 'target_not_found', 'app'), fail('podman', 'target_not_found', 'app')],
      'target_not_found',
      /^app \(docker: no such image; podman: no such image\)$/,
    ],
    [
      [fail('docker', 'docker_unreachable', '/x.sock'), fail('podman', 'target_not_found', 'app')],
      'docker_unreachable',
      /x.sock: no answer/,
    ],
  ]
  for (const [failures, code, detail] of cases) {
    const { code: found, detail: said } = notFound('app', failures)
    assert.equal(found, code)
    assert.match(said, detail)
  }
})

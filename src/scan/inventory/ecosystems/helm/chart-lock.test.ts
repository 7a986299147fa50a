import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { chartLock } from './chart-lock.ts'

const yaml = (...versions: string[]) =>
  `apiVersion: v2\ndependencies:\n${versions.map(version => `- name: redis\n  repository: https://charts.example.org\n  version: "${version}"\n`).join('')}`

test('the lock, or what the chart states exactly', () => {
  const both = { 'a/Chart.yaml': yaml('^18.0.0'), 'a/Chart.lock': yaml('18.4.0') }
  deepEqual(named(foundIn(chartLock, both)), ['redis 18.4.0'])
  deepEqual(named(foundIn(chartLock, { 'a/Chart.yaml': yaml('18.4.0', '~1.2') })), ['redis 18.4.0'])
  deepEqual(named(foundIn(chartLock, { 'requirements.lock': yaml('1.0.0') })), ['redis 1.0.0'])
  deepEqual(foundIn(chartLock, { 'Chart.yaml': 'name: x\n' }), [])
})

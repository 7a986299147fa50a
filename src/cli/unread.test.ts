import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unread, unreadKeys } from './unread.ts'

test('variables and files of other tools are told, each with ours', () => {
  const env = {
    TRIVY_SEVERITY: 'HIGH',
    TRIVY_IGNORE_UNFIXED: 'true',
    JENNER_IGNORE_UNFIXED: 'true',
    TRIVY_VULN_TYPE: 'os',
    TRIVY_PASSWORD: 'not-to-be-shown',
    TRIVY_NOTHING_OF_OURS: '1',
    GRYPE_FAIL_ON_SEVERITY: 'high',
    GRYPE_ONLY_FIXED: 'true',
    SEVERITY: 'LOW',
  }
  assert.deepEqual(
    unread(env, file => file === 'trivy.yaml'),
    [
      ['GRYPE_FAIL_ON_SEVERITY', 'JENNER_FAIL_ON'],
      ['TRIVY_PASSWORD', 'JENNER_REGISTRY_PASSWORD'],
      ['TRIVY_SEVERITY', 'JENNER_SEVERITY'],
      ['TRIVY_VULN_TYPE', 'JENNER_PKG_TYPES'],
      ['trivy.yaml', 'jenner.yaml'],
    ],
  )
  assert.deepEqual(
    unread({}, () => false),
    [],
  )
})

test('of Grype’s settings what is not read is told', () => {
  const text = 'ignore:\n  - vulnerability: CVE-1\nfail-on-severity: high\n  output: nested\nexclude: ["./a"]\n'
  assert.deepEqual(unreadKeys(text), [
    ['.grype.yaml: fail-on-severity', '--fail-on'],
    ['.grype.yaml: exclude', '--skip-files'],
  ])
  assert.deepEqual(unreadKeys('ignore: []\n'), [])
})

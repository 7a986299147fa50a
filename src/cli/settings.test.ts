import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse as parseYaml } from 'yaml'
import { JennerError } from '../base/errors.ts'
import type { FlagName } from './flags.ts'
import { pick, resolveSettings } from './settings.ts'

interface Case {
  flags?: [FlagName, string][]
  env?: NodeJS.ProcessEnv
  file?: string
}

function resolve({ flags = [], env = {}, file }: Case) {
  return resolveSettings({
    given: new Map(flags),
    env,
    readFile: path => (path === 'jenner.yaml' ? file : undefined),
    parseYaml,
  })
}

function origin(given: Case, name: FlagName): [unknown, string] {
  const found = resolve(given).find(setting => setting.name === name)!
  return [found.value, found.origin]
}

test('flag > environment > file > default', () => {
  const file = 'severity: [HIGH, critical]\nignore-unfixed: true\n'
  const env = { JENNER_SEVERITY: 'medium' }
  assert.deepEqual(origin({ flags: [['severity', 'low']], env, file }, 'severity'), [['LOW'], 'flag'])
  assert.deepEqual(origin({ env, file }, 'severity'), [['MEDIUM'], 'environment'])
  assert.deepEqual(origin({ file }, 'severity'), [['HIGH', 'CRITICAL'], 'file'])
  assert.deepEqual(origin({}, 'severity'), [['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], 'default'])
  assert.deepEqual(origin({ file }, 'ignoreUnfixed'), [true, 'file'])
})

test('values of every kind', () => {
  const env = {
    JENNER_TIMEOUT: '1h30m',
    JENNER_MAX_MEMORY: '512MB',
    JENNER_PKG_TYPES: 'library',
    JENNER_EXIT_CODE: '7',
    JENNER_QUIET: '0',
    JENNER_LANG: 'ko_KR',
  }
  const found = pick(resolve({ env }), ['timeout', 'maxMemory', 'pkgTypes', 'exitCode', 'quiet', 'lang'])
  assert.deepEqual(found, {
    timeout: 5_400_000,
    maxMemory: 2 ** 29,
    pkgTypes: ['library'],
    exitCode: 7,
    quiet: false,
    lang: 'ko',
  })
})

test('variables that are documented are no unknown settings', () => {
  const env = Object.fromEntries(
    ['LISTEN', 'STATE', 'DATABASE', 'IMAGE', 'BASE', 'REGISTRY_TOKEN'].map(name => [`JENNER_${name}`, 'x']),
  )
  resolve({ env })
})

const wrong: [given: Case, code: string, text: RegExp][] = [
  [{ file: 'severty: HIGH' }, 'unknown_setting', /severty → severity\?/],
  [{ file: '__proto__: x' }, 'unknown_setting', /__proto__/],
  [{ env: { JENNER_SEVERTY: 'x' } }, 'unknown_setting', /JENNER_SEVERITY\?/],
  [{ env: { JENNER_SEVERITY: 'dreadful' } }, 'usage', /JENNER_SEVERITY: dreadful \(UNKNOWN, LOW/],
  [{ flags: [['severity', '']] }, 'usage', /--severity/],
  [{ flags: [['exitCode', '256']] }, 'usage', /--exit-code: 256/],
  [{ flags: [['exitCode', '-1']] }, 'usage', /--exit-code/],
  [{ flags: [['timeout', '5 minutes']] }, 'usage', /5m/],
  [{ flags: [['maxMemory', 'lots']] }, 'usage', /512MB/],
  [{ flags: [['scanners', 'vuln,virus']] }, 'usage', /malware/],
  [{ flags: [['failOn', 'high,low']] }, 'usage', /--fail-on/],
  [{ flags: [['config', 'other.yaml']] }, 'bad_argument', /other\.yaml/],
  [{ file: '- a\n- b' }, 'bad_argument', /mapping/],
  [{ file: 'a: [' }, 'bad_argument', /jenner\.yaml/],
  [{ file: 'severity: {a: b}' }, 'bad_argument', /severity/],
  [{ file: 'a: &a [x]\nseverity: *a' }, 'bad_argument', /jenner\.yaml/],
]
for (const [given, code, text] of wrong) {
  test(`refused: ${JSON.stringify(given)}`, () => {
    assert.throws(
      () => resolve(given),
      (error: unknown) => error instanceof JennerError && error.code === code && text.test(error.detail),
    )
  })
}

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { parse } from 'yaml'
import { docker } from '../../src/runtime/drill/docker.ts'
import { holds, runDeed, startWatch, type Watch } from './stock-rules/bench.ts'
import { end, endMark, type Fires, type FiresOnHost } from './stock-rules/case.ts'
import { fileRules } from './stock-rules/files.ts'
import { buildStockImage } from './stock-rules/image.ts'
import { startNameService, withNameService } from './stock-rules/names.ts'
import { networkRules, podNamespace } from './stock-rules/network.ts'
import { processRules } from './stock-rules/processes.ts'
import { sandboxRules } from './stock-rules/sandbox.ts'

const cases = [...fileRules, ...processRules, ...networkRules, ...sandboxRules]
const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'jenner-stock-rules-'))
const image = `jenner-stock-rules:${process.pid}`
const endRule = 'End of a near-miss'
const patience = 30_000

const stock = [process.env.JENNER_CORPUS, join(root, '.work/corpus')]
  .filter(path => path !== undefined)
  .map(path => join(path, 'rules/falco'))
  .find(path => existsSync(join(path, 'falco_rules.yaml')))
const [stable, incubating, sandbox] = ['falco_rules', 'falco-incubating_rules', 'falco-sandbox_rules'].map(name =>
  join(stock ?? '', `${name}.yaml`),
) as [string, string, string]
const files = [stable, incubating, sandbox]
const names = stock === undefined ? [] : files.flatMap(rulesOf)
const noFiles = stock === undefined ? 'needs the stock rule files (JENNER_CORPUS)' : false
const skip = noFiles === false ? reasonToSkip() : noFiles

function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  if (!existsSync('/usr/bin/perl')) return 'needs Perl'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

function rulesOf(file: string): string[] {
  const items = parse(readFileSync(file, 'utf8')) as { rule?: string }[]
  return items.flatMap(({ rule }) => rule ?? [])
}

/** These stock rules enabled and no others, and a rule of our own that hears the end of a near-miss; written to a file. */
function enable(wanted: readonly string[]): string {
  const rules = names.map(rule => ({ rule, enabled: wanted.includes(rule), override: { enabled: 'replace' } }))
  const list = { list: 'namespace_scope_network_only_subnet', items: [podNamespace], override: { items: 'append' } }
  const condition = `evt.type in (open, openat, openat2) and evt.is_open_write = true and fd.name = ${endMark}`
  const ending = { rule: endRule, desc: 'd', condition, output: 'end', priority: 'DEBUG' }
  const file = join(folder, `enable-${wanted.length}.yaml`)
  writeFileSync(file, JSON.stringify([list, ...rules, ending]))
  return file
}

let watch: Watch | undefined

before(async () => {
  if (skip !== false) return
  buildStockImage(image)
  watch = await startWatch([...files, enable(names)], folder)
})

after(() => {
  watch?.stop()
  if (skip === false) docker(['rmi', '--force', image])
  rmSync(folder, { recursive: true, force: true })
})

test('every rule of the stable and the incubating file has an act or a reason', { skip: noFiles }, () => {
  const covered = new Set(cases.map(({ rule }) => rule))
  assert.equal(covered.size, cases.length, 'a rule stands in the table twice')
  assert.deepEqual(
    [stable, incubating].flatMap(rulesOf).filter(rule => !covered.has(rule)),
    [],
  )
  assert.deepEqual(
    [...covered].filter(rule => !names.includes(rule)),
    [],
  )
})

for (const [index, row] of cases.entries()) {
  if ('program' in row) test(`stock rule ${row.rule}`, { skip }, () => firesOnHostAlone(row))
  else test(`stock rule ${row.rule}`, { skip }, context => firesHere(row, index, context))
}

async function firesHere(row: Fires, index: number, context: TestContext): Promise<void> {
  if (row.namesAt === undefined) return firesAndKeepsQuiet(row, index, context, watch!)
  const service = await startNameService(row.namesAt)
  const by = withNameService(service, join(folder, 'resolv.conf'))
  const sensor = await startWatch([...files, enable([row.rule])], folder, { by })
  try {
    assert.ok(await holds(service.told, 30_000), `the sensor did not ask for names: ${sensor.said()}`)
    await firesAndKeepsQuiet(row, index, context, sensor)
  } finally {
    sensor.stop()
    service.close()
  }
}

async function firesAndKeepsQuiet(
  { rule, act, nearMiss }: Fires,
  index: number,
  context: TestContext,
  sensor: Watch,
): Promise<void> {
  const [acting, missing] = ['act', 'near'].map(kind => `jenner-stock-rules-${process.pid}-${index}-${kind}`)
  const complaints = await Promise.all([runDeed(image, acting!, act), runDeed(image, missing!, nearMiss)])
  if (complaints.some(text => text.includes('unable to apply caps')))
    return context.skip(`Docker has not all capabilities here to give: docker run ${act.options?.join(' ')}`)
  assert.deepEqual(complaints, ['', ''], 'Docker could not run the containers')
  const fired = await sensor.heard(acting!, rule, patience)
  assert.ok(fired, `did not fire; the act raised ${sensor.raisedBy(acting!).join(', ') || 'nothing'}`)
  const ended = await sensor.heard(missing!, endRule, patience)
  assert.ok(ended, `the near-miss was not seen to its end; it raised ${sensor.raisedBy(missing!).join(', ')}`)
  assert.ok(!sensor.raisedBy(missing!).includes(rule), 'the near-miss raised the rule')
}

/** The host has a sensor of its own for a moment, with this one rule: what else happens on it is not the test's. */
async function firesOnHostAlone({ rule, program }: FiresOnHost): Promise<void> {
  const sensor = await startWatch([...files, enable([rule])], folder, { flags: ['--host'] })
  try {
    const container = `jenner-stock-rules-${process.pid}-${program}`
    assert.equal(await runDeed(image, container, { script: `${program} ${container}; ${end}` }), '')
    assert.ok(await sensor.heard(container, endRule, patience), `the near-miss was not seen to its end`)
    assert.ok(!sensor.raisedBy(container).includes(rule), 'the near-miss raised the rule')
    assert.ok(!sensor.raisedBy('').includes(rule), 'something else on the host raised the rule')
    symlinkSync('/usr/bin/true', join(folder, program))
    spawnSync(join(folder, program), [container])
    assert.ok(await sensor.heard('', rule, patience), `did not fire: ${sensor.said()}`)
  } finally {
    sensor.stop()
  }
}

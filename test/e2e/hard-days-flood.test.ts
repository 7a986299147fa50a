/** Floods that try to hide an attack, fork bombs, many short containers, and names made to deceive. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { libraryTexts } from '../../src/runtime/rules/library.ts'
import { hardDayRules } from './hard-days/rules.ts'
import { holds, startWatch, totals, unableToWatch, type Watch } from './hard-days/watch.ts'

const skip = unableToWatch()
const folder = mkdtempSync(join(tmpdir(), 'jenner-hard-days-'))
const prefix = `jenner-hard-${process.pid}`
const image = `${prefix}:1.0`
const long = process.env.JENNER_LONG === '1'
let watch: Watch

before(async () => {
  if (skip !== false) return
  buildImage(image)
  const wanted = libraryTexts().filter(({ name }) => /(base|dos)\.yaml$/.test(name))
  const library = wanted.map(({ name, content }) => {
    const file = join(folder, name.replaceAll('/', '-'))
    writeFileSync(file, content)
    return file
  })
  writeFileSync(join(folder, 'hard.yaml'), hardDayRules)
  watch = await startWatch({ rules: [...library, join(folder, 'hard.yaml')], cwd: folder })
})

after(async () => {
  await watch?.stop()
  if (skip === false) docker(['rmi', '--force', image])
  rmSync(folder, { recursive: true, force: true })
})

async function run(name: string, script: string, options: readonly string[] = [], limit = 180_000) {
  const words = [
    'run',
    '--rm',
    '--network',
    'none',
    '--name',
    `${prefix}-${name}`,
    ...options,
    image,
    'bash',
    '-c',
    script,
  ]
  return dockerAsync(words, limit)
}

/** Perl that does one thing over and over for some seconds. */
const storm = (seconds: number, deed: string): string =>
  `perl -e '$end = time + ${seconds}; while (time < $end) { for (1..2000) { ${deed} } }'`

test('an attack amid a flood of files is seen, what is lost is counted', { skip }, async () => {
  const flood = storm(6, 'sysopen F, "/tmp/flood", 0102; close F')
  const plant = 'for n in 1 2 3 4 5; do mkdir -p /root/$n; echo key > /root/$n/authorized_keys; sleep 0.4; done'
  const attack = `${plant}; cp /bin/true /tmp/evil; /tmp/evil`
  await run('flood', `${flood} & ${flood} & ${flood} & ${flood} & sleep 2; ${attack}; wait`)
  const name = `${prefix}-flood`
  assert.ok(await watch.heard(name, 'Foreign program'), 'the dropped program was not told')
  const planted = watch.alerts.filter(({ rule, container }) => rule === 'Key planted' && container?.name === name)
  assert.equal(planted.length, 5, 'not every planted key was told')
  const shown = watch.alerts.filter(({ rule }) => rule === 'Flood').length
  assert.ok(shown > 0 && shown < 200, `${shown} alerts of the flood shown`)
})

test('an attack amid a flood of the gravest calls is seen', { skip }, async () => {
  const flood = storm(6, `syscall(${process.arch === 'arm64' ? 146 : 105}, 0)`)
  await run('calls', `${flood} & ${flood} & ${flood} & ${flood} & sleep 2; cp /bin/true /tmp/evil; /tmp/evil; wait`)
  assert.ok(await watch.heard(`${prefix}-calls`, 'Foreign program'), 'the dropped program was not told')
})

test('an attack amid a flood of programs is seen', { skip }, async () => {
  const flood = 'end=$((SECONDS + 5)); while [ $SECONDS -lt $end ]; do /bin/true; done'
  await run('execs', `(${flood}) & (${flood}) & sleep 2; cp /bin/true /tmp/evil; /tmp/evil; wait`)
  assert.ok(await watch.heard(`${prefix}-execs`, 'Foreign program'))
})

test('a fork bomb is told, its container stays in its limits, and the sensor goes on', { skip }, async () => {
  await run('bomb', 'ulimit -t 4; :(){ :|:& };:; sleep 3', ['--pids-limit', '100', '--init'], 60_000)
  docker(['rm', '--force', `${prefix}-bomb`])
  assert.ok(await watch.heard(`${prefix}-bomb`, 'Fork bomb'))
  await run('after-bomb', ': > /tmp/mark')
  assert.ok(await watch.heard(`${prefix}-after-bomb`, 'Mark'), 'the sensor sees nothing any more')
})

test('the first program of many short containers is given to the right one', { skip }, async context => {
  const count = long ? 200 : 40
  const began = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    for (let number = next++; number < count; number = next++) {
      const name = `${prefix}-short-${number}`
      await dockerAsync(['run', '--rm', '--network', 'none', '--name', name, image, 'true', `n${number}`], 180_000)
    }
  }
  await Promise.all([lane(), lane(), lane(), lane()])
  context.diagnostic(`${count} containers in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  const missed: string[] = []
  for (let number = 0; number < count; number++) {
    const alert = await watch.heard(`${prefix}-short-${number}`, 'Program started', 10_000)
    const right = alert?.output_fields['proc.args'] === `n${number}` && alert.container?.image === image
    if (!right) missed.push(`${number}: ${alert?.output ?? 'nothing'}`)
  }
  assert.deepEqual(missed, [])
})

const deceits: [name: string, script: string, check: (fields: Record<string, unknown>) => boolean][] = [
  [
    'argv[0] that claims another program',
    `perl -e 'exec {"/usr/bin/uname"} "nginx: worker"'`,
    fields => fields['proc.exepath'] === '/usr/bin/uname' && fields['proc.exe'] === 'nginx: worker',
  ],
  [
    'a name of a process that claims another program',
    `perl -e 'open F, ">", "/proc/self/comm"; print F "nginx"; close F; exec "/usr/bin/uname"'`,
    fields => fields['proc.exepath'] === '/usr/bin/uname' && fields['proc.name'] === 'uname',
  ],
  [
    'a file whose name has newlines, escape codes and quotes',
    `cp /bin/true $'/tmp/a\\nb\\e[2J"\\'é'; $'/tmp/a\\nb\\e[2J"\\'é'`,
    fields => fields['proc.exepath'] === '/tmp/a\nb\u001b[2J"\'é',
  ],
  [
    'arguments of more than a megabyte',
    `perl -e 'exec "/usr/bin/true", ("x" x 100000) x 14'`,
    fields => fields['proc.exepath'] === '/usr/bin/true' && String(fields['proc.args']).startsWith('xxxx'),
  ],
  [
    'ten thousand arguments, some of them empty or no text',
    `perl -e 'exec "/usr/bin/true", map { $_ % 3 ? "\\xff\\x1b]0;t\\x07" : "" } 1..10000'`,
    fields => fields['proc.exepath'] === '/usr/bin/true',
  ],
]

for (const [index, [name, script, check]] of deceits.entries()) {
  test(`${name} does not deceive`, { skip }, async () => {
    const container = `${prefix}-deceit-${index}`
    await run(`deceit-${index}`, script)
    const told = () =>
      watch.alerts.filter(({ rule, container: of }) => rule === 'Program started' && of?.name === container)
    assert.ok(
      await holds(() => told().some(({ output_fields }) => check(output_fields)), 30_000),
      JSON.stringify(told().map(({ output_fields }) => ({ ...output_fields, 'proc.args': undefined }))),
    )
    for (const { output } of told()) assert.ok(output.length < 40_000)
  })
}

test('at the end everything is accounted for', { skip }, async context => {
  assert.equal(await watch.stop(), 130)
  const { judged, filtered, lost } = totals(watch.said())
  context.diagnostic(`${judged} judged, ${filtered} filtered, ${lost} lost`)
  assert.ok(judged > 50_000, watch.said())
  assert.ok(lost >= 0)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openBench, reasonToSkip, type WatchBench } from './watch-bench.ts'

const skip = reasonToSkip()
let bench: WatchBench | undefined

before(async () => {
  if (skip === false) bench = await openBench('detect')
})
after(() => bench?.close())

/** What each container may do at most is bounded, so that the acts are harmless: refused connections to itself, a few hundred sleeping children. */
const perl = (script: string): string => `perl -e '${script}'`
const connects = (address: string, port: string): string =>
  `socket(my $s, 2, 1, 0); connect($s, pack("S n C4 x8", 2, ${port}, ${address})); close $s;`

test('many ports of one address tried: told whatever the program’s name', { skip }, async () => {
  bench!.sh(perl(`for my $p (1..80) { ${connects('127,0,0,1', '$p')} }`))
  const { output_fields, tags } = await bench!.alert('Ports of a machine tried one after the other')
  assert.equal(output_fields['evt.arg.address'], '127.0.0.1')
  assert.ok(Number(output_fields['evt.arg.count']) >= 50)
  assert.ok(tags.includes('T1046'))
})

test('many machines tried at one port', { skip }, async () => {
  bench!.sh(
    perl(
      `for my $h (1..90) { ${connects('10,255,77,$h', '22').replace('socket(my $s, 2, 1, 0)', 'socket(my $s, 2, 2, 0)')} }`,
    ),
  )
  const { output_fields } = await bench!.alert('Many machines tried at one port')
  assert.equal(output_fields['evt.arg.port'], '22')
})

test('processes that only multiply; descriptors that run out', { skip }, async () => {
  bench!.sh(perl('for (1..700) { if (fork() == 0) { select(undef, undef, undef, 2); exit } } sleep 3'))
  await bench!.alert('Processes multiply without end')
  bench!.sh(`ulimit -n 20; ${perl('for (1..400) { open($f[$_], "<", "/etc/passwd") }')}`)
  await bench!.alert('Descriptors used up')
})

test('a detection is one alert, and is no event for rules that do not name it', { skip }, () => {
  const { alerts, id } = bench!
  const count = (rule: string) => alerts.filter(alert => alert.rule === rule && alert.container?.id === id).length
  assert.equal(count('Ports of a machine tried one after the other'), 1)
  assert.equal(count('Processes multiply without end'), 1)
})

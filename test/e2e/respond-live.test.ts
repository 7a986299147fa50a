/** Responses by hand beside a running sensor, and over IPv6. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { hardDayRules } from './hard-days/rules.ts'
import { holds, startWatch, unableToWatch } from './hard-days/watch.ts'

const noNft = spawnSync('nft', ['list', 'tables'], { stdio: 'ignore' }).status === 0 ? false : 'needs nft'
const skip = unableToWatch() || noNft
const folder = mkdtempSync(join(tmpdir(), 'jenner-live-'))
const name = `jenner-live-${process.pid}`
const image = `${name}:1`
const launcher = join(import.meta.dirname, '../../jenner')

before(() => {
  if (skip === false) buildImage(image)
})

after(() => {
  if (skip === false) {
    for (const each of ['', '-server', '-client']) docker(['rm', '--force', `${name}${each}`])
    docker(['network', 'rm', name])
    docker(['rmi', '--force', image])
  }
  rmSync(folder, { recursive: true, force: true })
})

const jenner = (...words: string[]) =>
  spawnSync(launcher, [...words, '--state', folder, '--lang', 'en'], { encoding: 'utf8', timeout: 60_000 })

test('evidence saved by hand holds the last events of the running sensor, with true hashes', { skip }, async () => {
  docker(['run', '-d', '--network', 'none', '--name', name, image, 'sleep', '600'])
  writeFileSync(join(folder, 'rules.yaml'), hardDayRules)
  const watch = await startWatch({ rules: [join(folder, 'rules.yaml')], cwd: folder })
  try {
    docker(['exec', name, 'bash', '-c', 'cp /bin/true /tmp/evil; /tmp/evil --password hunter2'])
    assert.ok(await watch.heard(name, 'Foreign program'))
    const paused = jenner('pause', name, '--evidence')
    assert.equal(paused.status, 0, paused.stderr)
    jenner('release', name)
  } finally {
    await watch.stop()
  }
  const [file = ''] = readdirSync(join(folder, 'evidence'))
  execFileSync('tar', ['-xf', join(folder, 'evidence', file), '-C', folder])
  const read = (member: string): Buffer => execFileSync('cat', [join(folder, member)])
  const events = read('events.json').toString()
  assert.match(events, /\/tmp\/evil/)
  assert.doesNotMatch(events, /hunter2/)
  const { members } = JSON.parse(read('manifest.json').toString()) as { members: { name: string; sha256: string }[] }
  const told = members.find(member => member.name === 'events.json')
  assert.equal(told?.sha256, createHash('sha256').update(events).digest('hex'))
  assert.ok(
    members.some(member => JSON.stringify(member).includes('/tmp/evil')),
    'the dropped program is not copied',
  )
})

const listen = `perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(LocalHost => "::", LocalPort => 8000, Listen => 5, ReuseAddr => 1, Family => 10) or die $!; while ($c = $s->accept) { print $c "fine\\n"; close $c }'`
const fetch = (address: string): string =>
  `perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(PeerHost => "${address}", PeerPort => 8000, Timeout => 2) or exit 1; print <$s>'`

test('isolation cuts IPv6 too, an allow-list keeps what it names, release gives it back', { skip }, async context => {
  const subnet = `fd4a:${(process.pid % 65_536).toString(16)}::/64`
  const made = docker(['network', 'create', '--ipv6', '--subnet', subnet, name])
  if (made.status !== 0) return context.skip(`Docker makes no network of IPv6 here: ${made.stderr.trim()}`)
  const mounts = ['-v', '/usr/share/perl:/usr/share/perl:ro', '-v', '/usr/lib:/usr/lib:ro']
  const run = (part: string, ...command: string[]) =>
    docker(['run', '-d', '--network', name, ...mounts, '--name', `${name}-${part}`, image, ...command])
  run('server', 'sh', '-c', listen)
  run('client', 'sleep', '600')
  const format = `{{(index .NetworkSettings.Networks "${name}").GlobalIPv6Address}}`
  const address = docker(['inspect', '-f', format, `${name}-server`]).stdout.trim()
  if (!address.includes(':')) return context.skip('the container has no address of IPv6')
  const reaches = (): boolean => docker(['exec', `${name}-client`, 'sh', '-c', fetch(address)]).stdout.includes('fine')
  if (!(await holds(reaches, 10_000))) return context.skip('containers do not reach each other by IPv6 here')
  const cut = jenner('isolate', `${name}-client`)
  assert.equal(cut.status, 0, cut.stderr)
  assert.equal(reaches(), false, 'IPv6 gets through')
  assert.equal(jenner('isolate', `${name}-client`, '--allow', address).status, 0)
  assert.ok(await holds(reaches, 30_000), 'what is allowed does not get through')
  assert.equal(jenner('release', `${name}-client`).status, 0)
  assert.ok(await holds(reaches, 30_000), 'it is not given back')
})

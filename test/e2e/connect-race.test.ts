import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { probe } from '../../src/runtime/sensor/probe.ts'
import { startSensor } from '../../src/runtime/sensor/sensor.ts'
import { caughtUp } from './sensor-caught-up.ts'
import type { Seen } from './sensor-judge.ts'

const image = 'jenner-test-connect-race:1'

/** Connects to an address that nobody has, by TCP, and writes over its own copy of it while the kernel looks for it. */
const program = `
#include <arpa/inet.h>
#include <pthread.h>
#include <unistd.h>
static struct sockaddr_in to;
static void *change(void *unused)
{
	usleep(100000);
	to.sin_port = htons(9);
	to.sin_addr.s_addr = inet_addr("198.51.100.9");
	return unused;
}
int main(int count, char **words)
{
	pthread_t thread;
	to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(4444), .sin_addr.s_addr = inet_addr(words[count - 1]) };
	pthread_create(&thread, 0, change, 0);
	return connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&to, sizeof(to)) == 0;
}
`

function unable(): string | false {
  const { usable, lacks } = probe()
  if (!usable) return `the sensor needs ${lacks.map(({ what }) => what).join(', ')}`
  for (const needed of ['docker', 'gcc'])
    if (spawnSync(needed, [needed === 'docker' ? 'version' : '--version']).status !== 0) return `needs ${needed}`
  return false
}

/** The last address of the network that containers are put on: none has it. */
function nobody(): string {
  const format = '{{(index .IPAM.Config 0).Subnet}}'
  const subnet = execFileSync('docker', ['network', 'inspect', 'bridge', '-f', format], { encoding: 'utf8' })
  return `${subnet.split('.').slice(0, 2).join('.')}.255.254`
}

test('a failed connect tells where it went, not what was written over the address meanwhile', {
  skip: unable(),
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-connect-'))
  const seen: Seen[] = []
  let id = ''
  writeFileSync(join(folder, 'race.c'), program)
  execFileSync('gcc', ['-static', '-pthread', '-o', 'race', 'race.c'], { cwd: folder })
  execFileSync('sh', ['-c', `tar -c race | docker import - ${image}`], { cwd: folder, stdio: 'pipe' })
  const judge = new URL('./sensor-judge.ts', import.meta.url)
  const sensor = await startSensor({ judge, onMessage: value => seen.push(value as Seen) })
  try {
    id = execFileSync('docker', ['create', image, '/race', nobody()], { encoding: 'utf8' }).trim()
    const { status, stderr } = spawnSync('docker', ['start', '--attach', id], { encoding: 'utf8', timeout: 120_000 })
    assert.equal(status, 0, stderr)
    await caughtUp(sensor)
    const connects = seen.filter(({ type, container }) => type === 'connect' && container === id)
    const told = connects.map(({ fd }) => fd.split('->').at(-1))
    assert.deepEqual(told, [`${nobody()}:4444`])
  } finally {
    await sensor.close()
    if (id !== '') spawnSync('docker', ['rm', '--force', id])
    spawnSync('docker', ['rmi', '--force', image])
    rmSync(folder, { recursive: true, force: true })
  }
})

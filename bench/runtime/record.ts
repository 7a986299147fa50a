/**
 * `sh tools/run.sh bench/runtime/record.ts`: makes the recording that `npm run bench:runtime` judges (recording.ts), from this machine's kernel: ordinary services and work on files in
 * real containers, seen by the sensor. Needs root, Docker and the image of the test of quiet services. Nothing of this machine stays in it (scrub.ts).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { RuntimeEvent } from '../../src/base/model/runtime.ts'
import { docker } from '../../src/runtime/drill/docker.ts'
import { readRecording } from '../../src/runtime/watch/recording/decode.ts'
import { startKernelSensor } from '../../src/runtime/watch/sensor.ts'
import { buildServices, certificates } from '../../test/e2e/quiet/root.ts'
import { type Service, services } from '../../test/e2e/quiet/services.ts'
import { keepRecording, mixOf } from './recording.ts'
import { scrub } from './scrub.ts'

const seconds = 45
const most = 24_000

const work: readonly Service[] = [
  ...services,
  {
    name: 'files',
    script: `
      mkdir -p /srv/in /srv/out /backup; n=0
      while sleep 0.3; do n=$((n+1))
        for i in 1 2 3 4 5 6; do echo "order $n $i" > /srv/in/$n-$i.txt; done
        cat /srv/in/*.txt | sort | uniq -c | sed 's/order/row/' > /srv/out/report.new; mv /srv/out/report.new /srv/out/report
        find /srv -name '*.txt' -newer /srv/out/report | wc -l > /dev/null
        tar -C /srv -czf /backup/srv-$((n % 5)).tar.gz in out; gzip -dc /backup/srv-$((n % 5)).tar.gz | tar -tf - > /dev/null
        cp -r /srv/in /srv/copy; chmod -R g-w /srv/copy; ln -s /srv/copy /srv/latest.new; mv -T /srv/latest.new /srv/latest; rm -rf /srv/copy
        [ $((n % 4)) -eq 0 ] && rm -f /srv/in/*; date >> /var/log/work.log; perl -e 'print scalar localtime' > /dev/null
      done`,
  },
]

const prefix = `jenner-record-${process.pid}`
const image = `${prefix}:1`
const folder = mkdtempSync(join(tmpdir(), 'jenner-record-'))
const file = join(folder, 'events.jsonl')

try {
  const refused = await buildServices(image)
  if (refused !== false) throw new Error(refused)
  await record()
  const events = readRecording(readFileSync(file, 'utf8')).events.filter(isOurs)
  // The middle: neither the containers' starts alone nor their ends.
  const from = Math.max(0, Math.floor((events.length - most) / 2))
  const kept = scrub(events.slice(from, from + most), prefix)
  console.log(`${events.length} events seen, ${kept.length} kept in ${keepRecording(kept)} bytes`)
  console.log(mixOf(kept))
} finally {
  docker(['rmi', '--force', image])
  rmSync(folder, { recursive: true, force: true })
}

async function record(): Promise<void> {
  const sensor = await startKernelSensor({ judge: { rules: [], record: file }, host: false, onMessage() {} })
  try {
    const settings = ['-e', 'NPM_CONFIG_CAFILE=/etc/ssl/certs/ca-certificates.crt', ...certificates]
    for (const { name, script } of work) {
      const { status, stderr } = docker([
        'run',
        '-d',
        '--name',
        `${prefix}-${name}`,
        ...settings,
        image,
        'sh',
        '-c',
        script,
      ])
      if (status !== 0) throw new Error(stderr)
    }
    await pause(seconds * 1000)
  } finally {
    for (const { name } of work) docker(['rm', '--force', '--volumes', `${prefix}-${name}`])
    await pause(500)
    await sensor.stop()
  }
}

function isOurs({ container }: RuntimeEvent): boolean {
  return container?.name.startsWith(prefix) === true
}

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, before, test } from 'node:test'
import type { Alert } from '../../src/base/model/runtime.ts'
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { type RunningWatch, startDrillWatch } from '../../src/runtime/drill/watch.ts'
import { libraryTexts } from '../../src/runtime/rules/library.ts'
import { startKernelSensor } from '../../src/runtime/watch/sensor.ts'

/** Ordinary services in real containers, with this machine's own programs: our rules may say nothing above notice. */

const image = `jenner-quiet-e2e:${process.pid}`
const skip =
  process.getuid?.() !== 0
    ? 'needs root'
    : spawnSync('docker', ['version'], { stdio: 'ignore' }).status !== 0
      ? 'needs Docker'
      : false
const postgres = globSync('/usr/lib/postgresql/*/bin/postgres').map(path => dirname(path))[0]
const npm = ['/usr/lib/node_modules/npm/bin/npm-cli.js', '/usr/share/nodejs/npm/bin/npm-cli.js'].find(existsSync)

interface Service {
  name: string
  script: string
  /** Why it cannot run here. */
  lacks?: string
  /** Printed when it did its work. */
  done: string
}

const asPostgres = 'setpriv --reuid 999 --regid 999 --clear-groups sh -c'
const services: Service[] = [
  {
    name: 'PostgreSQL: start, checkpoint, archive, dump, stop',
    ...(postgres === undefined && { lacks: 'needs PostgreSQL' }),
    script: `
      export PATH=${postgres}:$PATH PGHOST=/run/postgresql
      echo 'postgres:x:999:999::/data:/bin/sh' >> /etc/passwd
      mkdir -p /data /archive /run/postgresql
      chown 999 /data /archive /run/postgresql; chmod 03775 /run/postgresql; chmod 700 /data
      ${asPostgres} 'initdb -D /data --username=postgres > /dev/null'
      printf "archive_mode = on\\narchive_command = 'test ! -f /archive/%%f && cp %%p /archive/%%f'\\nunix_socket_directories = '/run/postgresql'\\n" >> /data/postgresql.conf
      ${asPostgres} 'pg_ctl -D /data -w -l /data/log start > /dev/null
        psql -U postgres -qc "create table t as select generate_series(1, 100000)" -c checkpoint
        psql -U postgres -qAtc "select pg_switch_wal() is not null" > /dev/null
        pg_isready -q && pg_dump -U postgres -f /archive/dump.sql && sleep 1
        pg_ctl -D /data -m fast stop > /dev/null; grep -c CREATE.TABLE /archive/dump.sql'`,
    done: '1',
  },
  {
    name: 'npm install with a script of a package',
    ...(npm === undefined && { lacks: 'needs npm' }),
    script: `
      mkdir -p /app/p; cd /app; echo '{"name":"app","allowScripts":{"p":true,"./p":true,"file:p":true}}' > package.json
      echo '{"name":"p","version":"1.0.0","bin":{"p":"p.js"},"scripts":{"postinstall":"cp /usr/bin/uname native; ./native"}}' > p/package.json
      echo 'console.log(1)' > p/p.js
      HOME=/root node ${npm} install --offline --install-links --foreground-scripts ./p 2>&1
      ls node_modules`,
    done: 'p',
  },
  {
    name: 'an entry point that prepares and hands over',
    script: `
      mkdir -p /data /run/secrets; echo value > /run/secrets/database_password
      chown -R 1000:1000 /data; chmod 755 /data; touch /data/.initialised
      printf '#!/bin/sh\\nexec "$@"\\n' > /data/entry; chmod +x /data/entry
      sed -i s/drill/app/ /etc/hostname; cat /run/secrets/database_password > /dev/null; env > /dev/null; id -u > /dev/null
      setpriv --reuid 1000 --regid 1000 --clear-groups sh -c 'touch /data/a; rm /data/a; cat /proc/meminfo > /dev/null; echo ready'`,
    done: 'ready',
  },
  {
    name: 'health checks over and over',
    script: `
      for i in 1 2 3 4 5; do
        sh -c 'bash -c "</dev/tcp/127.0.0.1/8080"' 2> /dev/null; sh -c 'cat /proc/1/status > /dev/null'; sleep 0.2
      done; echo ready`,
    done: 'ready',
  },
  {
    name: 'Python with native modules',
    ...(!existsSync('/usr/bin/python3') && { lacks: 'needs Python' }),
    script: `/usr/bin/python3 -c 'import ctypes, ssl, subprocess, tempfile, multiprocessing; print(subprocess.run(["ls", "/"], capture_output=True).returncode)'`,
    done: '0',
  },
]

let watch: RunningWatch | undefined
let refused: string | undefined

before(async () => {
  if (skip !== false) return
  buildImage(image)
  try {
    watch = await startDrillWatch(startKernelSensor, libraryTexts())
  } catch (error) {
    refused = `the sensor cannot start here: ${error instanceof Error ? error.message : String(error)}`
  }
})

after(async () => {
  await watch?.stop()
  if (skip === false) docker(['rmi', '--force', image])
})

const mounts = ['-v', '/usr:/usr:ro', '-v', `${dirname(process.execPath)}:/opt/node:ro`]
const path = 'PATH=/opt/node:/usr/sbin:/usr/bin:/sbin:/bin'

for (const { name, script, lacks, done } of services) {
  test(`quiet: ${name}`, { skip: skip || lacks || false }, async context => {
    if (!watch) return context.skip(refused)
    const made = docker(['create', '--network', 'none', '-e', path, ...mounts, image, '/bin/sh', '-c', script])
    assert.equal(made.status, 0, made.stderr)
    const id = made.stdout.trim()
    const alerts: Alert[] = []
    const stop = watch.onAlert(alert => {
      if (id.startsWith(String(alert.output_fields['container.id']))) alerts.push(alert)
    })
    try {
      const ran = await dockerAsync(['start', '--attach', id], 120_000)
      await new Promise(resolve => setTimeout(resolve, 500))
      assert.match(ran.stdout, new RegExp(`^${done}$`, 'm'), ran.stderr)
    } finally {
      stop()
      docker(['rm', '--force', '--volumes', id])
    }
    const loud = alerts.filter(({ priority }) => !['Notice', 'Informational', 'Debug'].includes(priority))
    assert.deepEqual(
      loud.map(({ rule, output }) => `${rule}: ${output}`),
      [],
    )
  })
}

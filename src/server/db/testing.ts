import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe } from 'node:test'
import pg from 'pg'
import type { StoreKind } from './define.ts'
import { openStore, type Store, type StoreOptions } from './open.ts'

const bin = ['/usr/lib/postgresql/15/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/17/bin'].find(folder =>
  existsSync(join(folder, 'initdb')),
)

/** A folder that goes when the tests of the file end. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-store-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** How tests get at an empty place for a store, of either kind. */
export interface TestPlace {
  kind: StoreKind
  options(extra?: Partial<StoreOptions>): Promise<StoreOptions>
  open(extra?: Partial<StoreOptions>): Promise<Store>
}

/** The same suite on both stores; PostgreSQL is started for it, and named as skipped where it is not installed. */
export function onBothStores(name: string, suite: (place: TestPlace) => void): void {
  describe(`${name} on SQLite`, () => {
    const options = async (extra: Partial<StoreOptions> = {}) => ({ state: testFolder(), ...extra })
    suite({ kind: 'sqlite', options, open: async extra => openStore(await options(extra)) })
  })
  describe(`${name} on PostgreSQL`, { skip: bin ? false : 'PostgreSQL is not installed' }, () => {
    let cluster: Cluster | undefined
    after(async () => cluster?.stop())
    const options = async (extra: Partial<StoreOptions> = {}) => {
      cluster ??= await startCluster()
      return { state: testFolder(), database: await cluster.create(), ...extra }
    }
    suite({ kind: 'postgresql', options, open: async extra => openStore(await options(extra)) })
  })
}

interface Cluster {
  create(): Promise<string>
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: then it runs as the user nobody. */
async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-pg-'))
  const who = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid!)
  const data = join(folder, 'data')
  const options = { ...who, cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' } }
  execFileSync(join(bin!, 'initdb'), ['-D', data, '-U', 'jenner', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...options,
    stdio: 'ignore',
  })
  const args = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=60']
  const server = spawn(join(bin!, 'postgres'), args, { ...options, stdio: 'ignore' })
  const address = (database: string) => `postgresql:///${database}?host=${encodeURIComponent(folder)}&user=jenner`
  await until(async () => {
    const client = new pg.Client({ connectionString: address('postgres') })
    await client.connect()
    await client.end()
  })
  let made = 0
  return {
    async create() {
      const name = `t${++made}`
      const client = new pg.Client({ connectionString: address('postgres') })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return address(name)
    },
    async stop() {
      server.kill('SIGINT')
      await new Promise(resolve => (server.exitCode === null ? server.once('exit', resolve) : resolve(undefined)))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
}

async function until(attempt: () => Promise<void>): Promise<void> {
  for (let left = 200; ; left--) {
    try {
      return await attempt()
    } catch (error) {
      if (left === 0) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

import { deepEqual, equal } from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { holderOf } from './port.ts'

test('a port names who listens on it', { skip: process.platform !== 'linux' && 'needs /proc' }, async t => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  equal(holderOf((server.address() as AddressInfo).port)?.pid, process.pid)
})

test('only who listens is named, and nobody where nobody can be seen', t => {
  const proc = mkdtempSync(join(tmpdir(), 'jenner-proc-'))
  t.after(() => rmSync(proc, { recursive: true, force: true }))
  mkdirSync(join(proc, 'net'))
  mkdirSync(join(proc, '42/fd'), { recursive: true })
  writeFileSync(join(proc, '42/comm'), 'nginx\n')
  symlinkSync('socket:[777]', join(proc, '42/fd/3'))
  symlinkSync('socket:[888]', join(proc, '42/fd/4'))
  const row = (at: number, local: string, state: string, inode: number) =>
    `   ${at}: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1\n`
  const listens = row(0, '0100007F:1B9E', '0A', 777)
  const speaks = row(1, '0100007F:1B9F', '01', 888)
  const unseen = row(2, '00000000:1BA0', '0A', 999)
  writeFileSync(join(proc, 'net/tcp'), `  sl  local_address …\n${listens}${speaks}${unseen}`)
  deepEqual(holderOf(7070, proc), { pid: 42, name: 'nginx' })
  equal(holderOf(7071, proc), undefined)
  equal(holderOf(7072, proc), undefined)
  equal(holderOf(7070, join(proc, 'none')), undefined)
})

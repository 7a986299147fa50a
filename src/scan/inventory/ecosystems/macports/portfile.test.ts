import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { portfile } from './portfile.ts'

const registry = 'opt/local/var/macports/registry/portfiles'

test('ports by their folders', () => {
  const hash = 'a'.repeat(64)
  const found = foundIn(portfile, {
    [`${registry}/curl-8.7.1_1/${hash}-7315/Portfile`]: 'PortSystem 1.0',
    [`${registry}/py312-a-b-3.0_0/${hash}-1/Portfile`]: '',
    [`${registry}/libxml++2-2.40.1_2/${hash}-1/Portfile`]: '',
  })
  deepEqual(named(found), ['curl 8.7.1', 'py312-a-b 3.0', 'libxml++2 2.40.1'])
  deepEqual(found[0]?.extra, { revision: '1' })
  deepEqual(wants(portfile, 'opt/local/var/macports/sources/net/curl/Portfile'), false)
})

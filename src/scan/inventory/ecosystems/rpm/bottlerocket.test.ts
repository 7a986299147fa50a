import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { bottlerocketInventory } from './bottlerocket.ts'

test("Bottlerocket's inventory stands for the RPM database that it does not ship", () => {
  const content = [
    {
      Name: 'glibc',
      Publisher: 'Bottlerocket',
      Version: '2.38',
      Release: '1.170.br1',
      Epoch: '0',
      Architecture: 'x86_64',
    },
    { Name: 'kernel-6.1', Version: '6.1.82', Release: '1.br1', Epoch: '1', Architecture: 'aarch64' },
    { Name: '' },
  ]
  const path = 'x86_64-bottlerocket-linux-gnu/sys-root/usr/share/bottlerocket/application-inventory.json'
  const packages = foundIn(bottlerocketInventory, { [path]: JSON.stringify({ Content: content }) })
  deepEqual(packages, [
    { name: 'glibc', version: '2.38-1.170.br1', arch: 'x86_64', maintainer: 'Bottlerocket' },
    { name: 'kernel-6.1', version: '1:6.1.82-1.br1', arch: 'aarch64' },
  ])
})

import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { cocoapods } from './index.ts'
import { podfileLock } from './podfile-lock.ts'

const lock = `PODS:
  - Alamofire (5.8.1)
  - Firebase/Core (10.20.0):
    - Firebase/CoreOnly
    - Alamofire (~> 5.0)
  - Firebase/CoreOnly (10.20.0)

DEPENDENCIES:
  - Alamofire (~> 5.8)
  - Firebase/Core

SPEC CHECKSUMS:
  Alamofire: aa
COCOAPODS: 1.15.0
`

test('Podfile.lock: pods, subspecs, needs, direct ones', () => {
  const packages = foundIn(podfileLock, { 'Podfile.lock': lock })
  deepEqual(named(packages), ['Alamofire 5.8.1', 'Firebase/Core 10.20.0', 'Firebase/CoreOnly 10.20.0'])
  deepEqual(
    packages.map(found => found.relationship),
    ['direct', 'direct', 'indirect'],
  )
  deepEqual(packages[1]!.dependsOn, ['Firebase/CoreOnly', 'Alamofire'])
  equal(packages[1]!.purl, 'pkg:cocoapods/Firebase@10.20.0#Core')
})

test('advisories name the pod, not the subspec', () => equal(cocoapods.normalizeName('Firebase/Core'), 'Firebase'))

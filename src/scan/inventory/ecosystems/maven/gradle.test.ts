import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { memoryFile } from '../../../image/content.ts'
import { gradle } from './gradle.ts'
import { sbt } from './sbt.ts'

const lock = `# This is a Gradle generated file for dependency locking.
com.google.guava:guava:32.1.3-jre=compileClasspath,runtimeClasspath,testRuntimeClasspath
junit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath
org.projectlombok:lombok:1.18.30=annotationProcessor
empty=archives
`

const catalog = `[versions]
guava = "32.0.0-jre"
rich = { strictly = "[1.7, 1.8[", prefer = "1.7.25" }
[libraries]
guava = { module = "com.google.guava:guava", version.ref = "guava" }
slf4j = { group = "org.slf4j", name = "slf4j-api", version.ref = "rich" }
short = "junit:junit:4.12"
plain = { module = "a:b", version = "1.0!!" }
managed = { module = "c:d" }
`

const cases: [name: string, files: Record<string, string>, expected: string[]][] = [
  [
    'lock file',
    { 'gradle.lockfile': lock },
    ['com.google.guava:guava 32.1.3-jre', 'junit:junit 4.13.2 dev', 'org.projectlombok:lombok 1.18.30 dev'],
  ],
  ['lock of the build itself', { 'buildscript-gradle.lockfile': 'a:b:1=classpath\n' }, ['a:b 1 dev']],
  [
    'one lock file a configuration',
    {
      'gradle/dependency-locks/compileClasspath.lockfile': 'a:b:1\n',
      'gradle/dependency-locks/testCompileClasspath.lockfile': 'c:d:2\n',
    },
    ['a:b 1', 'c:d 2 dev'],
  ],
  [
    'version catalogue',
    { 'gradle/libs.versions.toml': catalog },
    ['com.google.guava:guava 32.0.0-jre', 'org.slf4j:slf4j-api 1.7', 'junit:junit 4.12', 'a:b 1.0'],
  ],
  [
    'a catalogue beside a lock says nothing',
    { 'gradle/libs.versions.toml': catalog, 'app/gradle.lockfile': 'a:b:1=runtimeClasspath\n' },
    ['a:b 1'],
  ],
  [
    'verification metadata',
    {
      'gradle/verification-metadata.xml':
        '<verification-metadata><components><component group="a" name="b" version="1"><artifact name="b-1.jar"/></component><component group="c" name="d"/></components></verification-metadata>',
    },
    ['a:b 1'],
  ],
  [
    'Nebula',
    {
      'dependencies.lock':
        '{"compileClasspath":{"a:b":{"locked":"1","transitive":["x:y"]},"g:p":{"project":true}},"testCompileClasspath":{"c:d":{"locked":"2"},"a:b":{"locked":"1","transitive":["x:y"]}}}',
    },
    ['a:b 1', 'c:d 2 dev'],
  ],
]
for (const [name, files, expected] of cases)
  test(`Gradle: ${name}`, () => assert.deepEqual(scan(files).map(show), expected))

test('broken files are errors, foreign shapes nothing', () => {
  assert.throws(() => scan({ 'dependencies.lock': '{1' }))
  assert.throws(() => scan({ 'gradle/libs.versions.toml': '[libraries\n' }))
  assert.throws(() => scan({ 'gradle/verification-metadata.xml': '<x/>' }))
  assert.deepEqual(scan({ 'dependencies.lock': '{"__proto__":{"a:b":{"locked":3}},"c":null}' }), [])
  assert.deepEqual(scan({ 'dependencies.lock': 'name = x\n' }), [])
  assert.deepEqual(scan({ 'gradle.lockfile': 'no colon here\n::::=\n' }), [])
})

test('sbt: build.sbt.lock', () => {
  const text = JSON.stringify({
    lockVersion: 1,
    dependencies: [
      { org: 'org.apache.commons', name: 'commons-lang3', version: '3.9', configurations: ['compile', 'test'] },
      { org: 'org.scalatest', name: 'scalatest_2.13', version: '3.0.8', configurations: ['test'] },
      { org: 'x' },
    ],
  })
  assert.deepEqual((sbt.parse(file('build.sbt.lock', text)) as FoundPackage[]).map(show), [
    'org.apache.commons:commons-lang3 3.9',
    'org.scalatest:scalatest_2.13 3.0.8 dev',
  ])
})

function scan(texts: Record<string, string>): FoundPackage[] {
  const files = Object.entries(texts).map(([path, text]) => ({ path, facts: gradle.parse(file(path, text))! }))
  return gradle.assemble!({ files, get: path => files.find(item => item.path === path)?.facts })
}

function file(path: string, text: string) {
  const bytes = Buffer.from(text)
  return memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes)
}

const show = (found: FoundPackage) => `${found.name} ${found.version}${found.development ? ' dev' : ''}`

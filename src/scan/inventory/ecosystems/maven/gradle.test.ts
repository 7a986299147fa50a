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
  ['lock of the settings', { 'settings-gradle.lockfile': 'a:b:1=classpath\n' }, ['a:b 1 dev']],
  ['lock by a name of its own', { 'locking/gradle-2.13.lockfile': 'a:b:1=runtimeClasspath\n' }, ['a:b 1']],
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
    ['com.google.guava:guava 32.0.0-jre', 'org.slf4j:slf4j-api 1.7.25', 'junit:junit 4.12', 'a:b 1.0'],
  ],
  [
    'a catalogue beside a lock says nothing',
    { 'gradle/libs.versions.toml': catalog, 'app/gradle.lockfile': 'a:b:1=runtimeClasspath\n' },
    ['a:b 1'],
  ],
  [
    'version catalogue elsewhere, every form of a version',
    {
      'deps/tools.versions.toml': `[versions]
a = { require = "[1.0, 2.0)", prefer = "1.5" }
b = { require = "3.0", prefer = "3.1" }
c = "[4.0, 5.0[!!4.2"
d = "]6.0, 7.0["
e = "8.+"
f = "latest.release"
g = { prefer = "9.1" }
h = { rejectAll = true }
[libraries]
${[...'abcdefgh'].map(name => `${name} = { module = "m:${name}", version = { ref = "${name}" } }`).join('\n')}
i = "m:i:1.0@aar"
`,
    },
    ['m:a 1.5', 'm:b 3.0', 'm:c 4.2', 'm:d 6.0', 'm:e 8.0', 'm:g 9.1', 'm:i 1.0'],
  ],
  [
    'build script in Groovy',
    {
      'gradle.properties': 'kotlinVersion=1.9.0\n',
      'app/build.gradle': `buildscript { ext.bootVersion = '3.1.0'
  ext { jacksonVersion = "2.15.0" }
  dependencies { classpath "org.springframework.boot:plugin:\${bootVersion}" } }
def guava = '32.0-jre'
// implementation 'x:line:1'
/* implementation 'x:block:1'
   on */ dependencies {
  implementation 'a:a:1.0'
  api("b:b:2.0:sources@jar") { exclude group: 'x', module: 'excluded' }
  implementation platform('c:bom:3.0')
  testImplementation group: 'd', name: 'd', version: '4.0'
  implementation "e:e:$guava",
    'f:second:1'
  implementation "g:g:\${project.jacksonVersion}"
  implementation "h:h:$kotlinVersion"
  implementation "i:i:\${unknown}"
  implementation 'j:j:[1.2, 2.0)'
  implementation 'k:k'
  force 'x:forced:1', 'x:forced2:1'
  implementation project(':lib')
  annotationProcessor 'l:l:5+6'
  maven { url "https://host:8080/repo" }
}`,
    },
    [
      'org.springframework.boot:plugin 3.1.0 dev',
      'a:a 1.0',
      'b:b 2.0',
      'c:bom 3.0',
      'd:d 4.0 dev',
      'e:e 32.0-jre',
      'f:second 1',
      'g:g 2.15.0',
      'h:h 1.9.0',
      'j:j 1.2',
      'l:l 5+6 dev',
    ],
  ],
  [
    'build script in Kotlin',
    {
      'build.gradle.kts': `val ktor: String = "2.3.0"
extra["x"] = "7"
plugins { id("org.jetbrains.kotlin.jvm") version "1.9.0" }
dependencies {
  implementation("io.ktor:ktor-server:$ktor")
  implementation(platform("c:bom:3.0"))
  testImplementation(group = "d", name = "d", version = "4.0")
  api(group = "e", name = "e", version = ktor)
}`,
      'sub/build.gradle.kts': `dependencies { runtimeOnly("y:y:\${property("x")}")\nruntimeOnly("z:z:$ktor") }`,
    },
    ['io.ktor:ktor-server 2.3.0', 'c:bom 3.0', 'd:d 4.0 dev', 'e:e 2.3.0', 'z:z 2.3.0'],
  ],
  [
    'build scripts of a project that is locked say nothing',
    {
      'build.gradle': "dependencies { implementation 'a:b:[1,)' }",
      'gradle.lockfile': 'a:b:1.5=runtimeClasspath\n',
      'sub/build.gradle': "dependencies { implementation 'c:d:2' }",
    },
    ['a:b 1.5'],
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
      { org: 'org.scala-lang', name: 'scala-compiler', version: '2.13.1', configurations: ['scala-tool', 'provided'] },
      { org: 'x' },
    ],
  })
  assert.deepEqual((sbt.parse(file('build.sbt.lock', text)) as FoundPackage[]).map(show), [
    'org.apache.commons:commons-lang3 3.9',
    'org.scalatest:scalatest_2.13 3.0.8 dev',
    'org.scala-lang:scala-compiler 2.13.1 dev',
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

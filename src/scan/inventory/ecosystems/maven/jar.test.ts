import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { type ZipContent, zipOf } from '../../../../base/zip-testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { coordinatesOfFileName } from './coordinates.ts'
import { jar } from './jar.ts'

const names: [path: string, artifact: string, version: string][] = [
  ['lib/commons-text-1.8.jar', 'commons-text', '1.8'],
  ['log4j-1.2-api-2.17.1.jar', 'log4j-1.2-api', '2.17.1'],
  ['x-1.0-20210101.123456-1.jar', 'x', '1.0-20210101.123456-1'],
  ['guava-31.1-jre.jar', 'guava', '31.1-jre'],
  ['app-2.0.0-SNAPSHOT.war', 'app', '2.0.0-SNAPSHOT'],
  ['netty-transport-native-epoll-4.1.100.Final-linux-x86_64.jar', 'netty-transport-native-epoll', '4.1.100.Final'],
  ['spring-core-5.3.20-sources.jar', 'spring-core', '5.3.20'],
  ['hibernate-jpa-2.1-api-1.0.0.Final.jar', 'hibernate-jpa-2.1-api', '1.0.0.Final'],
  ['jackson-core-asl-1.9.13.redhat-3.jar', 'jackson-core-asl', '1.9.13.redhat-3'],
  ['tool-1.0-custom.jar', 'tool', '1.0-custom'],
  ['app.jar', 'app', ''],
  ['kafka_2.13-3.4.0.jar', 'kafka_2.13', '3.4.0'],
  ['lib_3-1.0.0-RC2.jar', 'lib_3', '1.0.0-RC2'],
  ['iceberg-spark-runtime-3.3_2.12-1.3.0.jar', 'iceberg-spark-runtime-3.3_2.12', '1.3.0'],
  ['geronimo-jta_1.1_spec-1.1.1.jar', 'geronimo-jta_1.1_spec', '1.1.1'],
  ['org.eclipse.osgi_3.18.0.v20220516-2155.jar', 'org.eclipse.osgi', '3.18.0.v20220516-2155'],
  ['spring-boot-2.7.0-exec.jar', 'spring-boot', '2.7.0'],
  ['app-1.2.3-jar-with-dependencies.jar', 'app', '1.2.3'],
]
for (const [path, artifact, version] of names) {
  test(`file name ${path}`, () => assert.deepEqual(coordinatesOfFileName(path), { group: '', artifact, version }))
}

test('a file name that counts with underscores is no work', { timeout: 5000 }, () => {
  coordinatesOfFileName(`x-1${'_a'.repeat(100)}!.jar`)
})

const archives: [name: string, path: string, content: ZipContent, expected: string[]][] = [
  ['pom.properties', 'a-1.0.jar', pom('g.a', 'a', '1.0'), ['g.a:a 1.0 main']],
  [
    'shaded: one package for each pom.properties',
    'app-2.0.jar',
    { ...pom('g', 'app', '2.0'), ...pom('net.minidev', 'json-smart', '1.3.2'), ...pom('g.b', 'b', '3') },
    ['g:app 2.0 main', 'net.minidev:json-smart 1.3.2', 'g.b:b 3'],
  ],
  [
    'shaded into a jar that does not describe itself',
    'bundle-2.0.jar',
    { ...pom('g.b', 'b', '3'), ...manifest('Implementation-Vendor-Id: org.example') },
    ['org.example:bundle 2.0 main', 'g.b:b 3'],
  ],
  ['renamed: the only description', 'app.jar', pom('g', 'service', '2.0'), ['g:service 2.0 main']],
  [
    'renamed: the one of the version',
    'zz-2.0.jar',
    { ...pom('g', 'service', '2.0'), ...pom('g', 'b', '3') },
    ['g:service 2.0 main', 'g:b 3'],
  ],
  ['underscores for hyphens', 'error-prone-x-1.0.jar', pom('g', 'error_prone_x', '1.0'), ['g:error_prone_x 1.0 main']],
  [
    'a pom.xml alone, its version of the parent, its licence',
    'c-4.jar',
    {
      'META-INF/maven/g.c/c/pom.xml':
        '<project><parent><groupId>g.c</groupId><version>4</version></parent><artifactId>c</artifactId><licenses><license><name>MIT</name></license></licenses></project>',
    },
    ['g.c:c 4 main MIT'],
  ],
  [
    'a well-known artifact without a group',
    'spring-core-5.3.20.jar',
    manifest('Implementation-Title: spring-core'),
    ['org.springframework:spring-core 5.3.20 main'],
  ],
  ['not every spring- is the framework', 'spring-tool-1.0.jar', manifest(''), ['spring-tool 1.0 main']],
  [
    'a bundle: group and artifact in one name',
    'commons-lang3-3.12.0.jar',
    manifest('Bundle-SymbolicName: org.apache.commons.lang3;singleton:=true'),
    ['org.apache.commons:commons-lang3 3.12.0 main'],
  ],
  [
    'a bundle with its version in the manifest only, over continued lines',
    'engine.jar',
    manifest('Bundle-SymbolicName: org.example.\r\n engine\r\nBundle-Version: 3.1.0'),
    ['org.example:engine 3.1.0 main'],
  ],
  [
    'a Jenkins plugin',
    'git.hpi',
    manifest('Group-Id: org.jenkins-ci.plugins\r\nShort-Name: git\r\nPlugin-Version: 5.2.0 (private)'),
    ['org.jenkins-ci.plugins:git 5.2.0 main'],
  ],
  [
    'an archive of NiFi',
    'nifi-standard-nar.nar',
    manifest('Nar-Id: nifi-standard-nar\r\nNar-Group: org.apache.nifi\r\nNar-Version: 1.20.0'),
    ['org.apache.nifi:nifi-standard-nar 1.20.0 main'],
  ],
  ['an ending in capitals', 'LIB/TOOL-1.0.JAR', pom('g', 'TOOL', '1.0'), ['g:TOOL 1.0 main']],
  [
    'the version of the specification, where there is no other',
    'thing.jar',
    manifest('Specification-Version: 1.4'),
    ['thing 1.4 main'],
  ],
  [
    'Gradle by Nebula',
    'eureka-client.jar',
    manifest('Implementation-Title: com.netflix.eureka#eureka-client;1.10.17'),
    ['com.netflix.eureka:eureka-client 1.10.17 main'],
  ],
  [
    'Gradle by Nebula, published under another name than the project has',
    'elasticsearch-rest-client-9.5.6.jar',
    manifest('Implementation-Title: org.elasticsearch.client#rest;9.5.6'),
    ['org.elasticsearch.client:elasticsearch-rest-client 9.5.6 main'],
  ],
  [
    "Tomcat's own folder",
    'lib/catalina.jar',
    manifest('Bundle-SymbolicName: org.apache.tomcat-catalina\r\nImplementation-Version: 9.0.65'),
    ['org.apache.tomcat:tomcat-catalina 9.0.65 main'],
  ],
  [
    'a plugin of Maven, by its descriptor',
    'x-maven-plugin-1.2.jar',
    {
      'META-INF/maven/plugin.xml':
        '<plugin><groupId>org.gradlex</groupId><artifactId>x-maven-plugin</artifactId><version>1.2</version></plugin>',
    },
    ['org.gradlex:x-maven-plugin 1.2 main'],
  ],
  [
    'a Spring Boot application, by its build information',
    'app.jar',
    {
      'BOOT-INF/classes/META-INF/build-info.properties':
        'build.artifact=shop\nbuild.group=com.example\nbuild.version=1.4.0\nbuild.time=2024-01-01T00\\:00\\:00Z\n',
    },
    ['com.example:shop 1.4.0 main'],
  ],
  [
    'built for one release of Java',
    'mssql-jdbc-13.6.2.jre8.jar',
    pom('com.microsoft.sqlserver', 'mssql-jdbc', '13.6.2'),
    ['com.microsoft.sqlserver:mssql-jdbc 13.6.2.jre8 main'],
  ],
  [
    'modules that went with their core',
    'hibernate-envers-6.4.0.Final.jar',
    manifest(''),
    ['org.hibernate.orm:hibernate-envers 6.4.0.Final main'],
  ],
  [
    'and before that',
    'hibernate-envers-5.6.0.Final.jar',
    manifest(''),
    ['org.hibernate:hibernate-envers 5.6.0.Final main'],
  ],
  [
    'Groovy before it was Apache’s',
    'groovy-json-3.0.9.jar',
    manifest(''),
    ['org.codehaus.groovy:groovy-json 3.0.9 main'],
  ],
  ['no version anywhere: nothing is claimed', 'app.jar', manifest(''), []],
  [
    'its place in a repository',
    'root/.m2/repository/com/auth0/jwt-x/4.6/jwt-x-4.6-all.jar',
    manifest('Bundle-SymbolicName: other.name'),
    ['com.auth0:jwt-x 4.6 main'],
  ],
  [
    'its place in a cache of Gradle',
    'root/.gradle/caches/modules-2/files-2.1/com.auth0/jwt-x/4.6/0a1b/jwt-x-4.6.jar',
    manifest(''),
    ['com.auth0:jwt-x 4.6 main'],
  ],
  ['a folder that is no repository', 'repository/x-1.0.jar', manifest(''), ['x 1.0 main']],
  [
    'a group of one word is none: the bundle is named as the group',
    'unescape-1.0.jar',
    manifest('Bundle-SymbolicName: org.unescape'),
    ['org.unescape:unescape 1.0 main'],
  ],
  [
    'the name of a foundation is no group',
    'new-thing-1.0.jar',
    manifest('Implementation-Vendor-Id: org.apache'),
    ['new-thing 1.0 main'],
  ],
  ['Scala in a well-known name', 'kafka_2.13-3.4.0.jar', manifest(''), ['org.apache.kafka:kafka_2.13 3.4.0 main']],
  ['a group that changed', 'okhttp-2.7.5.jar', manifest(''), ['com.squareup.okhttp:okhttp 2.7.5 main']],
  ['and after it', 'okhttp-4.9.0.jar', manifest(''), ['com.squareup.okhttp3:okhttp 4.9.0 main']],
  [
    'a group named as the artifact',
    'commons-cli-1.0.jar',
    manifest('Implementation-Vendor-Id: org.apache'),
    ['commons-cli:commons-cli 1.0 main'],
  ],
]
for (const [name, path, content, expected] of archives) {
  test(`jar: ${name}`, () => assert.deepEqual(parse(path, zipOf(content)).map(show), expected))
}

const classes: [name: string, content: string[], expected: string | undefined][] = [
  ['three parts of each', ['org/a/b/c/D.class', 'org/a/b/E.class', 'org/a/F.class'], 'org.a.b org.a'],
  ['below BOOT-INF', ['BOOT-INF/classes/com/x/App.class', 'META-INF/versions/9/q/w/E.class', 'README'], 'com.x'],
  [
    'what is few beside the rest is left out',
    [...Array(20).keys()].map(n => `org/a/b/C${n}.class`).concat('z/y/X.class'),
    'org.a.b',
  ],
  ['none', ['Main.class'], undefined],
]
for (const [name, content, expected] of classes)
  test(`packages of the classes of an archive without a group: ${name}`, () => {
    const archive = zipOf({ ...manifest(''), ...Object.fromEntries(content.map(path => [path, ''])) })
    assert.equal(parse('unheard-of-1.0.jar', archive)[0]!.extra!.classRoots, expected)
    assert.equal(parse('jsoup-1.0.jar', archive)[0]!.extra!.classRoots, undefined, 'its group is known')
  })

test('archives in archives, deflated and stored, say where they stand', () => {
  const inner = zipOf(pom('g', 'inner', '1'), { stored: true })
  const war = zipOf({ 'WEB-INF/lib/inner-1.jar': inner, ...pom('g', 'web', '2') }, { stored: true })
  const found = parse('app.ear', zipOf({ 'web.war': war, 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\r\n' }))
  assert.deepEqual(
    found.map(item => [item.name, item.version, item.path]),
    [
      ['g:web', '2', 'app.ear/web.war'],
      ['g:inner', '1', 'app.ear/web.war/WEB-INF/lib/inner-1.jar'],
    ],
  )
  assert.match(found[0]!.extra!.sha1!, /^[0-9a-f]{40}$/)
})

test('an archive that is cut off is told, whatever whole archive stands in what is left', () => {
  const inner = zipOf(pom('g', 'inner', '1'), { stored: true })
  const outer = zipOf({ 'lib/inner-1.jar': inner, 'lib/next-1.jar': inner }, { stored: true })
  const program = Buffer.concat([Buffer.from('#!/bin/sh\nexec java -jar "$0"\n'), outer])
  assert.throws(() => parse('app.jar', outer.subarray(0, inner.length + 200)), { code: 'truncated' })
  assert.deepEqual(parse('app.jar', program).map(show), ['g:inner 1 main', 'g:inner 1 main'])
})

test('nesting without end is told', () => {
  let bytes = zipOf(pom('g', 'deep', '1'))
  for (let depth = 0; depth < 12; depth++) bytes = zipOf({ 'x-1.0.jar': bytes })
  const problems: string[] = []
  const found = jar.parse(file('x-1.0.jar', bytes), code => problems.push(code)) as FoundPackage[]
  assert.deepEqual(problems, ['too_large'])
  assert.equal(found.length, 8)
})

test('what is broken or encrypted inside is told, the rest is read', () => {
  const encrypted = zipOf({ 'lib/secret-1.0.jar': 'x' }, { flags: 1 })
  const problems: string[] = []
  const bytes = zipOf({ 'broken-1.0.jar': 'this is not a zip', 'locked.jar': encrypted, ...pom('g', 'app', '1') })
  const found = jar.parse(file('app.jar', bytes), code => problems.push(code)) as FoundPackage[]
  assert.deepEqual(problems, ['malformed', 'encrypted'])
  assert.deepEqual(found.map(show), ['g:app 1 main'])
})

test('a jar that is no zip is an error; another file of that ending and an empty one are nothing', () => {
  assert.throws(() => parse('a.jar', Buffer.from('hello hello hello hello hello')), /no zip directory/)
  assert.equal(jar.parse(file('disk.par', Buffer.from('hello hello hello hello hello'))), undefined)
  assert.equal(jar.parse(file('a.jar', Buffer.alloc(0))), undefined)
})

test('flipped bytes never end in anything but packages or a JennerError', () => {
  const bytes = zipOf({ ...pom('g', 'app', '1'), 'lib/x-1.0.jar': zipOf(pom('g', 'x', '1.0')), ...manifest('A: b') })
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at] = damaged[at]! ^ 0xff
    try {
      jar.parse(file('app.jar', damaged), () => {})
    } catch (error) {
      assert.equal((error as Error).name, 'JennerError', `byte ${at}: ${error}`)
    }
  }
})

function pom(group: string, artifact: string, version: string): ZipContent {
  const text = `#Generated by Maven\nversion=${version}\ngroupId=${group}\nartifactId=${artifact}\n`
  return { [`META-INF/maven/${group}/${artifact}/pom.properties`]: text }
}

function manifest(lines: string): ZipContent {
  return {
    'META-INF/MANIFEST.MF': `Manifest-Version: 1.0\r\n${lines}\r\n\r\nName: other/\r\nImplementation-Version: 9\r\n`,
  }
}

function show(found: FoundPackage): string {
  return [`${found.name} ${found.version}`, found.extra?.sha1 && 'main', ...found.licenses!].filter(Boolean).join(' ')
}

function file(path: string, bytes: Buffer) {
  return memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes)
}

function parse(path: string, bytes: Buffer): FoundPackage[] {
  return jar.parse(file(path, bytes), (_, detail) => assert.fail(detail)) as FoundPackage[]
}

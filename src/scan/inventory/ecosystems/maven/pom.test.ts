import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { memoryFile } from '../../../image/content.ts'
import { interpolate } from './effective.ts'
import { pom } from './pom.ts'

const parent = `<project><groupId>g</groupId><artifactId>parent</artifactId><version>1.0</version>
<licenses><license><name>Apache-2.0</name></license></licenses>
<properties><jackson.version>2.9.1</jackson.version><lib>\${jackson.version}</lib></properties>
<dependencyManagement><dependencies>
  <dependency><groupId>m</groupId><artifactId>managed</artifactId><version>\${lib}</version><scope>test</scope></dependency>
  <dependency><groupId>g</groupId><artifactId>bom</artifactId><version>1.0</version><type>pom</type><scope>import</scope></dependency>
</dependencies></dependencyManagement>
<dependencies><dependency><groupId>i</groupId><artifactId>inherited</artifactId><version>3</version></dependency></dependencies>
</project>`

const bom = `<project><parent><groupId>g</groupId><artifactId>parent</artifactId><version>1.0</version></parent><artifactId>bom</artifactId>
<dependencyManagement><dependencies><dependency><groupId>b</groupId><artifactId>imported</artifactId><version>7</version></dependency></dependencies></dependencyManagement>
</project>`

const child = `<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1.0</version></parent>
<artifactId>app</artifactId>
<properties><jackson.version>2.9.2</jackson.version></properties>
<dependencies>
  <dependency><groupId>m</groupId><artifactId>managed</artifactId></dependency>
  <dependency><groupId>b</groupId><artifactId>imported</artifactId></dependency>
  <dependency><groupId>\${project.groupId}</groupId><artifactId>sibling</artifactId><version>\${project.version}</version></dependency>
  <dependency><groupId>r</groupId><artifactId>range</artifactId><version>[1.2,2.0)</version><optional>true</optional></dependency>
  <dependency><groupId>p</groupId><artifactId>given</artifactId><version>4</version><scope>provided</scope></dependency>
  <dependency><groupId>u</groupId><artifactId>unknown</artifactId><version>\${nowhere}</version></dependency>
</dependencies>
<profiles><profile><dependencies><dependency><groupId>x</groupId><artifactId>x</artifactId><version>1</version></dependency></dependencies></profile></profiles>
</project>`

test('pom.xml: parent, properties, management, imported lists, scopes', () => {
  const found = scan({ 'pom.xml': parent, 'bom/pom.xml': bom, 'app/pom.xml': child }).filter(
    item => item.path === 'app/pom.xml',
  )
  assert.deepEqual(
    found.map(item => `${item.name} ${item.version} ${item.relationship} ${item.development ?? false}`),
    [
      'g:app 1.0 root false',
      'm:managed 2.9.2 direct true',
      'b:imported 7 direct false',
      'g:sibling 1.0 direct false',
      'r:range 1.2 direct false',
      'p:given 4 direct true',
      'u:unknown  direct false',
      'i:inherited 3 direct false',
    ],
  )
  assert.deepEqual(found[0]!.licenses, ['Apache-2.0'])
  assert.deepEqual(found[4]!.extra, { optional: 'true', requirement: '[1.2,2.0)' })
  assert.deepEqual(found[4]!.lines, { start: 10, end: 10 })
  assert.equal(found[6]!.extra?.requirement, `\${nowhere}`)
})

test('a parent of another version than the one asked for is not taken', () => {
  const other = parent.replace('<version>1.0</version>', '<version>2.0</version>')
  const managed = scan({ 'pom.xml': other, 'app/pom.xml': child }).find(
    item => item.name === 'm:managed' && item.path === 'app/pom.xml',
  )
  assert.equal(managed?.version, '')
})

test('Spring Boot: its own modules have the version of its parent, others stay unknown', () => {
  const text = `<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.2.5.RELEASE</version><relativePath/></parent>
<groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies>
<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
<dependency><groupId>mysql</groupId><artifactId>mysql-connector-java</artifactId></dependency></dependencies></project>`
  assert.deepEqual(
    scan({ 'pom.xml': text }).map(item => `${item.name} ${item.version}`.trim()),
    ['g:a 1', 'org.springframework.boot:spring-boot-starter-web 2.2.5.RELEASE', 'mysql:mysql-connector-java'],
  )
})

test('a parent that Maven fetched before gives its versions, and is no project of its own', () => {
  const found = scan({ '.m2/repository/g/parent/1.0/parent-1.0.pom': parent, 'project/app/pom.xml': child })
  assert.equal(found.find(item => item.name === 'm:managed')?.version, '2.9.2')
  assert.ok(found.every(item => item.path === 'project/app/pom.xml'))
})

test('circles of parents, of imports and of properties end', () => {
  const circle = (
    self: string,
    other: string,
  ) => `<project><groupId>g</groupId><artifactId>${self}</artifactId><version>1</version>
<parent><groupId>g</groupId><artifactId>${other}</artifactId><version>1</version><relativePath>../${other}/pom.xml</relativePath></parent>
<dependencyManagement><dependencies><dependency><groupId>g</groupId><artifactId>${other}</artifactId><version>1</version><scope>import</scope></dependency>
<dependency><groupId>g</groupId><artifactId>${self}</artifactId><version>1</version><scope>import</scope></dependency></dependencies></dependencyManagement>
<dependencies><dependency><groupId>d</groupId><artifactId>d</artifactId></dependency></dependencies></project>`
  assert.equal(scan({ 'a/pom.xml': circle('a', 'b'), 'b/pom.xml': circle('b', 'a') }).length, 4)
  const long = `\${v}`.repeat(1000)
  assert.equal(interpolate(long, new Map([['v', 'x'.repeat(1e7)]])), long)
  const growing = new Map([
    ['a', `\${b}\${b}\${b}`],
    ['b', `\${a}\${a}\${a}`],
  ])
  assert.equal(interpolate(`\${a}`, growing), `\${a}`)
})

test('the declared encoding is honoured', () => {
  const text =
    '<?xml version="1.0" encoding="ISO-8859-1"?><project><groupId>g</groupId><artifactId>caf\xe9</artifactId><version>1</version></project>'
  assert.equal(assemble({ 'pom.xml': Buffer.from(text, 'latin1') })[0]!.name, 'g:caf\xe9')
})

test('entities of a DTD are not expanded, outside files not read, depth is limited', () => {
  const laughs = '<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><project><artifactId>&b;</artifactId></project>'
  assert.throws(() => scan({ 'pom.xml': laughs }), { code: 'malformed' })
  const file = '<!DOCTYPE p [<!ENTITY f SYSTEM "file:///etc/passwd">]><project><artifactId>&f;</artifactId></project>'
  assert.throws(() => scan({ 'pom.xml': file }), { code: 'malformed' })
  assert.throws(() => scan({ 'pom.xml': '<project>'.repeat(500) }), { code: 'limit_exceeded' })
  assert.throws(() => scan({ 'pom.xml': '<html></html>' }), { code: 'malformed' })
})

function scan(texts: Record<string, string>): FoundPackage[] {
  return assemble(Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)])))
}

function assemble(contents: Record<string, Buffer>): FoundPackage[] {
  const files = Object.entries(contents).map(([path, bytes]) => {
    return { path, facts: pom.parse(memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes))! }
  })
  return pom.assemble!({ files, get: path => files.find(file => file.path === path)?.facts })
}

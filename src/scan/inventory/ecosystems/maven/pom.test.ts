import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
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

const dependency = (text: string, version = '', more = '') => {
  const [group, artifact] = text.split(':')
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version && `<version>${version}</version>`}${more}</dependency>`
}
const project = (body: string) =>
  `<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version>${body}</project>`
const profile = (activation: string, name: string, more = '') =>
  `<profile><id>${name}</id><activation>${activation}</activation>${more}<dependencies>${dependency(`p:${name}`, `\${v.${name}}`)}</dependencies><properties><v.${name}>1</v.${name}></properties></profile>`
const byDefault = '<activeByDefault>true</activeByDefault>'
const management = (entries: string) =>
  `<dependencyManagement><dependencies>${entries}</dependencies></dependencyManagement>`

const projects: [about: string, text: string, expected: string[]][] = [
  [
    'profiles that are active by default',
    `<properties><x>1</x></properties><dependencies>${dependency('d:d', `\${x}`)}</dependencies>
     <profiles>${profile(byDefault, 'a')}${profile('<jdk>[9,)</jdk>', 'b')}${profile('<os><family>unix</family></os>', 'c')}<profile><id>e</id></profile></profiles>`,
    ['p:a 1', 'd:d 1'],
  ],
  [
    'profiles that a missing property switches on, in place of those',
    `<profiles>${profile(byDefault, 'a')}${profile('<property><name>!skip</name></property>', 'b')}
     ${profile('<property><name>with</name></property>', 'c')}${profile('<property><name>env</name><value>!ci</value></property>', 'd')}
     ${profile('<jdk>11</jdk><property><name>!skip</name></property>', 'e')}</profiles>`,
    ['p:d 1', 'p:b 1'],
  ],
  [
    'properties and management of a profile before its own',
    `<properties><x>1</x></properties>${management(dependency('m:m', '1'))}<dependencies>${dependency('d:d', `\${x}`)}${dependency('m:m')}</dependencies>
     <profiles><profile><activation>${byDefault}</activation><properties><x>2</x></properties>${management(dependency('m:m', '2'))}</profile></profiles>`,
    ['d:d 2', 'm:m 2'],
  ],
  [
    'files of one artifact, each managed',
    `${management(`${dependency('m:m', '1')}${dependency('m:m', '2', '<classifier>x</classifier>')}${dependency('m:m', '3', '<type>test-jar</type>')}`)}
     <dependencies>${dependency('m:m', '', '<classifier>x</classifier>')}${dependency('m:m')}${dependency('m:m', '', '<type>jar</type><classifier>tests</classifier>')}${dependency('m:m', '', '<type>zip</type>')}</dependencies>`,
    ['m:m 2', 'm:m 1', 'm:m 3', 'm:m 1'],
  ],
  ['the last of two', `<dependencies>${dependency('d:d', '1')}${dependency('d:d', '2')}</dependencies>`, ['d:d 2']],
  [
    'names without a prefix, where no property has them',
    `<properties><artifactId>x</artifactId></properties><dependencies>${dependency(`\${groupId}:\${artifactId}`, `\${version}`)}${dependency('p:p', `\${pom.version}`)}</dependencies>`,
    ['g:x 1', 'p:p 1'],
  ],
  [
    'ranges and no versions',
    `<dependencies>${['[1.2]', '[1.2,2)', '(,2.0]', '(,2.0)', '(,1.0],[1.2,)', '(1.0,2.0)', 'LATEST', '1.0-SNAPSHOT', '[,', '[1,2'].map((version, at) => dependency(`r:r${at}`, version)).join('')}</dependencies>`,
    ['r:r0 1.2', 'r:r1 1.2', 'r:r2 2.0', 'r:r3', 'r:r4 1.2', 'r:r5 1.0', 'r:r6', 'r:r7 1.0-SNAPSHOT', 'r:r8', 'r:r9'],
  ],
  [
    'letters by their HTML names',
    `<developers><developer><name>J&oslash;rn M&uuml;ller&nbsp;&ndash; &copy;</name></developer></developers><dependencies>${dependency('d:d', '1')}</dependencies>`,
    ['d:d 1'],
  ],
]
for (const [about, text, expected] of projects) {
  test(`pom.xml: ${about}`, () => {
    const found = scan({ 'pom.xml': project(text) })
    assert.deepEqual(
      found.slice(1).map(item => `${item.name} ${item.version}`.trim()),
      expected,
    )
  })
}

test('pom.xml: what a project says of a dependency stands in place of what it inherits', () => {
  const above = `<project><groupId>g</groupId><artifactId>up</artifactId><version>9</version><dependencies>${dependency('d:d', '1')}${dependency('e:e', `\${project.parent.version}`)}</dependencies>
    <profiles>${profile(byDefault, 'a')}</profiles></project>`
  const below = `<project><parent><groupId>g</groupId><artifactId>up</artifactId><version>9</version></parent><artifactId>a</artifactId><dependencies>${dependency('d:d', '2')}</dependencies></project>`
  const found = scan({ 'pom.xml': above, 'a/pom.xml': below }).filter(({ path }) => path === 'a/pom.xml')
  assert.deepEqual(
    found.map(item => `${item.name} ${item.version}`),
    ['g:a 9', 'd:d 2', 'p:a 1', 'e:e 9'],
  )
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

test('a parent in a file of another name gives its versions, and is no project of its own', () => {
  const text = child.replace('</parent>', '<relativePath>../build/parent.xml</relativePath></parent>')
  const found = scan({ 'build/parent.xml': parent, 'app/pom.xml': text })
  assert.equal(found.find(item => item.name === 'm:managed')?.version, '2.9.2')
  assert.ok(found.every(item => item.path === 'app/pom.xml'))
  assert.equal(pom.parse(memoryFile({ path: 'parent.xml', size: 4, mode: 0o644 }, Buffer.from('<x/>'))), undefined)
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
  const problems: string[] = []
  const circles = { 'a/pom.xml': Buffer.from(circle('a', 'b')), 'b/pom.xml': Buffer.from(circle('b', 'a')) }
  assert.equal(assemble(circles, (path, code) => problems.push(`${path} ${code}`)).length, 4)
  assert.deepEqual(problems, ['a/pom.xml too_deep', 'b/pom.xml too_deep'])
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

function assemble(contents: Record<string, Buffer>, problem?: FactView<unknown>['problem']): FoundPackage[] {
  const files = Object.entries(contents).map(([path, bytes]) => {
    return { path, facts: pom.parse(memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes))! }
  })
  return pom.assemble!({ files, get: path => files.find(file => file.path === path)?.facts, problem })
}

for (const before of ['\n', '  \r\n\t', '\n<!-- c -->'])
  test(`an XML declaration behind ${JSON.stringify(before)}`, () => {
    const declaration = before.includes('<') ? '' : '<?xml version="1.0" encoding="UTF-8"?>\n'
    const text = `${before}${declaration}<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version></project>`
    assert.deepEqual(
      assemble({ 'pom.xml': Buffer.from(text) }).map(({ name, version }) => `${name} ${version}`),
      ['g:a 1'],
    )
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatPurl, packageNameOf, parsePurl } from './purl.ts'

const rows: [text: string, name: string, version: string | undefined, canonical?: string][] = [
  ['pkg:npm/%40gar/promisify@1.1.3', '@gar/promisify', '1.1.3'],
  ['pkg:npm/@gar/promisify@1.1.3', '@gar/promisify', '1.1.3', 'pkg:npm/%40gar/promisify@1.1.3'],
  ['pkg:npm/%40gar%2Fpromisify@1.1.3', '@gar/promisify', '1.1.3', 'pkg:npm/%40gar%2Fpromisify@1.1.3'],
  ['pkg:npm/lodash', 'lodash', undefined],
  ['pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl%403.0.11-1', 'libssl3', '3.0.11-1'],
  ['pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64', 'libc6', '2.36-9+deb12u4'],
  ['pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1', 'org.apache.logging.log4j:log4j-core', '2.14.1'],
  ['pkg:golang/github.com/gorilla/mux@v1.8.0', 'github.com/gorilla/mux', 'v1.8.0'],
  ['pkg:golang/google.golang.org/genproto#googleapis/api', 'google.golang.org/genproto/googleapis/api', undefined],
  ['pkg:rpm/redhat/openssl-libs@1.0.2k-16.el7?arch=x86_64&epoch=1', 'openssl-libs', '1.0.2k-16.el7'],
  ['PKG:PyPI/Django@1.11.1', 'Django', '1.11.1', 'pkg:pypi/Django@1.11.1'],
  ['pkg://composer/laravel/framework@v8.0.0', 'laravel/framework', 'v8.0.0', 'pkg:composer/laravel/framework@v8.0.0'],
]

for (const [text, name, version, canonical] of rows) {
  test(`purl ${text}`, () => {
    const purl = parsePurl(text)
    assert.ok(purl)
    assert.equal(packageNameOf(purl), name)
    assert.equal(purl.version, version)
    assert.equal(formatPurl(purl), canonical ?? text)
  })
}

for (const text of ['', 'npm/lodash', 'pkg:', 'pkg:npm', 'pkg:npm/', 'pkg:/x', `pkg:npm/${'a'.repeat(5000)}`]) {
  test(`not a purl: ${text.slice(0, 20)}`, () => assert.equal(parsePurl(text), undefined))
}

test('a qualifier named __proto__ is only a qualifier', () => {
  const purl = parsePurl('pkg:npm/a@1?__proto__=x')
  assert.equal(purl?.qualifiers['__proto__'], 'x')
  assert.equal(({} as Record<string, unknown>)['x'], undefined)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipOf } from '../../../../base/zip-testing.ts'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { parseMetadata } from './metadata.ts'
import { pythonPkg } from './python-pkg.ts'

const licences: [name: string, text: string, expected: string[]][] = [
  [
    'an expression before all else',
    'License-Expression: MIT OR Apache-2.0\nLicense: MIT\nClassifier: License :: OSI Approved :: BSD License\n',
    ['MIT OR Apache-2.0'],
  ],
  [
    'classifiers before free text',
    'License: see file\nClassifier: License :: OSI Approved :: BSD License\nClassifier: License :: Public Domain\nClassifier: Topic :: x\n',
    ['BSD License', 'Public Domain'],
  ],
  ['a classifier that says nothing', 'License: MIT\nClassifier: License :: OSI Approved\n', ['MIT']],
  [
    'the first line of a whole licence',
    'License: \n        Copyright (c) 2020\n        All rights reserved.\n',
    ['Copyright (c) 2020'],
  ],
  ['unknown', 'License: UNKNOWN\n', []],
]
for (const [name, text, expected] of licences) {
  test(`metadata licences: ${name}`, () => assert.deepEqual(parseMetadata(text).licenses, expected))
}

test('metadata: headers end at the first empty line; what extras bring is not required', () => {
  const text =
    'Metadata-Version: 2.1\r\nName: A.b\r\nVersion: 1.0\r\nRequires-Dist: c (>=1) ; python_version < "4"\r\nRequires-Dist: D_e ; extra == \'x\'\r\n\r\nName: no\r\n'
  assert.deepEqual(parseMetadata(text), { name: 'A.b', version: '1.0', licenses: [], requires: ['c'] })
})

test('installed: wheels, eggs, distutils; requirements within one folder', () => {
  const site = 'usr/lib/python3/dist-packages'
  const found = foundIn(pythonPkg, {
    [`${site}/flask-2.0.dist-info/METADATA`]:
      'Name: Flask\nVersion: 2.0\nRequires-Dist: Jinja2>=3\nRequires-Dist: gone\n',
    [`${site}/Jinja2-3.0.egg-info/PKG-INFO`]: 'Name: Jinja2\nVersion: 3.0\nLicense: BSD\n',
    [`${site}/six-1.0.egg-info`]: 'Name: six\nVersion: 1.0\n',
    'opt/x-1.5-py3.11.egg/EGG-INFO/PKG-INFO': 'Name: x\nVersion: 1.5\nRequires-Dist: six\n',
    'opt/site-packages/broken-0.1.dist-info/METADATA': '<html>',
  })
  assert.deepEqual(
    found.map(({ name, version, licenses, dependsOn }) => [name, version, licenses, dependsOn]),
    [
      ['Flask', '2.0', [], [`${site}/Jinja2-3.0.egg-info/PKG-INFO#Jinja2@3.0`]],
      ['Jinja2', '3.0', ['BSD'], undefined],
      ['six', '1.0', [], undefined],
      ['x', '1.5', [], undefined],
      ['broken', '0.1', [], undefined],
    ],
  )
})

test('installed: a zipped egg', () => {
  const egg = zipOf({ 'EGG-INFO/PKG-INFO': 'Name: x\nVersion: 1.5\n', 'x.py': 'pass' })
  const found = foundIn(pythonPkg, { 'site-packages/x-1.5-py2.7.egg': egg, 'site-packages/y.egg': 'no zip' })
  assert.deepEqual(named(found), ['x 1.5'])
})

test('installed: a wheel, which may be imported from as it is; not those that Python carries', () => {
  const wheel = zipOf({
    'x.data/METADATA': 'Name: no\nVersion: 1\n',
    'x-1.5.dist-info/METADATA': 'Metadata-Version: 2.4\nName: x\nVersion: 1.5+local\nLicense-Expression: MIT\n\n',
  })
  assert.deepEqual(named(foundIn(pythonPkg, { 'wheels/x-1.5-py3-none-any.whl': wheel })), ['x 1.5+local'])
  assert.ok(!wants(pythonPkg, 'usr/lib/python3.12/ensurepip/_bundled/pip-24.0-py3-none-any.whl'))
})

test('installed: only metadata of distributions', () => {
  for (const path of ['a/METADATA', 'META-INF/METADATA', 'a/PKG-INFO', 'x.dist-info/RECORD'])
    assert.ok(!wants(pythonPkg, path), path)
})

import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { ivy } from './ivy.ts'

test('ivy.xml: revisions, dynamic ones, configurations', () => {
  const text = `<?xml version="1.0"?>
<ivy-module version="2.0" xmlns:m="http://ant.apache.org/ivy/maven">
  <info organisation="org.own" module="app"/>
  <configurations><conf name="default"/><conf name="test"/></configurations>
  <dependencies>
    <dependency org="commons-lang" name="commons-lang" rev="2.6" conf="compile->default"/>
    <dependency org="junit" name="junit" rev="4.12" conf="test->default"/>
    <dependency org="a" name="range" rev="[1.0,2.0["><exclude org="x" name="y"/></dependency>
    <dependency org="a" name="plus" rev="1.3.+"/>
    <dependency org="a" name="newest" rev="latest.integration"/>
    <dependency org="a" name="property" rev="\${version}"/>
    <dependency name="sibling" rev="3"/>
  </dependencies>
</ivy-module>`
  deepEqual(named(foundIn(ivy, { 'ivy.xml': text })), [
    'commons-lang:commons-lang 2.6',
    'junit:junit 4.12 (development)',
    'a:range 1.0',
    'a:plus 1.3.0',
    'org.own:sibling 3',
  ])
  deepEqual(foundIn(ivy, { 'ivy.xml': '<project/>' }), [])
})

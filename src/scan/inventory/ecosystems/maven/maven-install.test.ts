import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { mavenInstall } from './maven-install.ts'

test('both versions of maven_install.json', () => {
  const two =
    '{"version":"2","artifacts":{"com.google.guava:guava":{"shasums":{},"version":"31.1-jre"},"io.netty:netty-all:jar:linux":{"version":"4.1.0"}}}'
  deepEqual(named(foundIn(mavenInstall, { 'maven_install.json': two })), [
    'com.google.guava:guava 31.1-jre',
    'io.netty:netty-all 4.1.0',
  ])
  const one =
    '{"dependency_tree":{"dependencies":[{"coord":"junit:junit:4.12"},{"coord":"junit:junit:jar:sources:4.12"},{}]}}'
  deepEqual(named(foundIn(mavenInstall, { 'rules/maven_install.json': one })), ['junit:junit 4.12'])
})

import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { sbtScript } from './sbt-script.ts'

const build = `ThisBuild / scalaVersion := "2.13.12"
val akkaVersion = "2.6.20"
lazy val root = (project in file(".")).settings(
  // "x" % "commented" % "1",
  resolvers += "name" at "https://host/", // with a comment
  libraryDependencies ++= Seq(
    "com.typesafe.akka" %% "akka-actor" % akkaVersion,
    "org.apache.commons" % "commons-lang3" % "3.12.0",
    "org.scalatest" %% "scalatest" % "3.2.17" % Test,
    "javax.servlet" % "servlet-api" % "2.5" % "provided",
    "a" % "classified" % "1.0" classifier "tests",
    "b" % "dependent" % Versions.b,
    "c" % "unknown" % nowhere
  )
)`

test('build.sbt and project/: versions by name, Scala in names, scopes', () => {
  const files = {
    'build.sbt': build,
    'project/Versions.scala': 'object Versions { val b: String = "7.1" }',
    'project/plugins.sbt': 'addSbtPlugin("com.eed3si9n" % "sbt-assembly" % "2.1.5")',
  }
  deepEqual(named(foundIn(sbtScript, files)), [
    'com.typesafe.akka:akka-actor_2.13 2.6.20',
    'org.apache.commons:commons-lang3 3.12.0',
    'org.scalatest:scalatest_2.13 3.2.17 (development)',
    'javax.servlet:servlet-api 2.5 (development)',
    'a:classified 1.0',
    'b:dependent 7.1',
    'com.eed3si9n:sbt-assembly 2.1.5 (development)',
  ])
  deepEqual(foundIn(sbtScript, { ...files, 'build.sbt.lock': '{}' }), [])
})

test('build.sbt: Scala 3, and none stated', () => {
  const text = '\nlibraryDependencies += "a" %% "b" % "1.0"'
  deepEqual(named(foundIn(sbtScript, { 'build.sbt': `scalaVersion := "3.3.1"${text}` })), ['a:b_3 1.0'])
  deepEqual(named(foundIn(sbtScript, { 'build.sbt': text })), ['a:b 1.0'])
})

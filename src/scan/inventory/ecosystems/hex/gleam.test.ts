import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { gleam } from './gleam.ts'

test("Gleam's manifest.toml; another manifest.toml has no packages", () => {
  const text = `packages = [
  { name = "gleam_json", version = "1.0.0", build_tools = ["gleam"], requirements = ["gleam_stdlib"], source = "hex", outer_checksum = "AA" },
  { name = "ours", version = "0.1.0", build_tools = ["gleam"], requirements = [], source = "local", path = "../ours" },
]
`
  const packages = foundIn(gleam, {
    'manifest.toml': text,
    'other/manifest.toml': 'packages = [{ name = "x", version = "1" }]',
  })
  deepEqual(named(packages), ['gleam_json 1.0.0'])
  deepEqual(packages[0]!.dependsOn, ['gleam_stdlib'])
})

const project = `name = "app"
version = "1.0.0"
[dependencies]
gleam_stdlib = ">= 0.44.0 and < 2.0.0"
exact = "1.2.3"
series = "~> 2.1"
below = "< 3.0.0"
either = "< 1.0.0 or >= 2.0.0"
folder = { path = "../folder" }
[dev-dependencies]
gleeunit = ">= 1.0.0 and < 2.0.0"
`

test('gleam.toml: the project, and where nothing is locked the lowest of what it asks for', () => {
  deepEqual(named(foundIn(gleam, { 'gleam.toml': project })), [
    'app 1.0.0',
    'gleam_stdlib 0.44.0',
    'exact 1.2.3',
    'series 2.1',
    'either 2.0.0',
    'gleeunit 1.0.0 (development)',
  ])
  const locked = 'packages = [{ name = "exact", version = "1.2.4", build_tools = ["gleam"], requirements = [] }]'
  deepEqual(named(foundIn(gleam, { 'gleam.toml': project, 'manifest.toml': locked })), ['app 1.0.0', 'exact 1.2.4'])
})

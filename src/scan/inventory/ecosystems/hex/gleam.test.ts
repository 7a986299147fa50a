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

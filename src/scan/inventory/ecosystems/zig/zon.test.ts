import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { zigManifest } from './zon.ts'

test('dependencies by hash, tag and commit', () => {
  const commit = '0123456789012345678901234567890123456789'
  const text = `.{
    .name = .app,
    .version = "0.1.0",
    .dependencies = .{
        // .old = .{ .url = "https://x/old/1.0.0.tar.gz" },
        .zap = .{
            .url = "git+https://github.com/zigzap/zap?ref=v0.10.1#${commit}",
            .hash = "zap-0.10.1-GoeB84M8JACjZKDNq2LA5hB24Z-ZrZ_HUKRXd8qxL2JW",
        },
        .@"zig-clap" = .{ .url = "https://github.com/Hejsil/zig-clap/archive/refs/tags/0.9.1.tar.gz", .hash = "1220" },
        .raylib = .{ .url = "https://github.com/raysan5/raylib/archive/${commit}.tar.gz" },
        .mine = .{ .path = "lib" },
    },
    .paths = .{""},
}`
  deepEqual(named(foundIn(zigManifest, { 'build.zig.zon': text })), [
    'zap 0.10.1',
    'zig-clap 0.9.1',
    `raylib ${commit}`,
  ])
  deepEqual(foundIn(zigManifest, { 'build.zig.zon': '.{}' }), [])
})

import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { conanfile } from './conanfile.ts'

test('conanfile.txt: requirements with a version', () => {
  const text = `# ours
[requires]
poco/1.12.4@
fmt/[>=10]
zlib/1.3.1#rev # why

[tool_requires]
cmake/3.28.1
[options]
poco/*:shared=True
`
  deepEqual(named(foundIn(conanfile, { 'conanfile.txt': text })), [
    'poco 1.12.4',
    'zlib 1.3.1',
    'cmake 3.28.1 (development)',
  ])
})

test('conanfile.py: what stands there as text', () => {
  const text = `from conan import ConanFile
class Pkg(ConanFile):
    name = "mypkg"
    settings = "os", "arch"
    requires = "fmt/10.2.1", "boost/[>=1.80]"
    tool_requires = [
        "cmake/3.28.1",  # zlib/0
    ]
    def requirements(self):
        self.requires("zlib/1.3.1@user/stable")
        self.requires(f"x/{self.version}")
    def build_requirements(self):
        self.test_requires("gtest/1.14.0")
    url = "https://example.org/a/b"
`
  deepEqual(named(foundIn(conanfile, { 'conanfile.py': text })), [
    'fmt 10.2.1',
    'cmake 3.28.1 (development)',
    'zlib 1.3.1',
    'gtest 1.14.0 (development)',
  ])
})
